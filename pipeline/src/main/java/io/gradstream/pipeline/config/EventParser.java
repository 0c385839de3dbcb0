package io.gradstream.pipeline.config;

import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactoryBuilder;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.NodeEvent;

/** A parser that tells of anchors on scalars, too: Jackson's own forgets them. */
final class EventParser extends YAMLParser {

    private EventParser(Factory factory, IOContext context, Reader reader) {
        super(
                context,
                factory.getParserFeatures(),
                factory.getFormatParserFeatures(),
                factory.options(),
                factory.getCodec(),
                reader);
    }

    /** Whether the value that has begun, or the key, has an anchor, or is an alias of one. */
    boolean hasAnchor() {
        return _lastEvent instanceof NodeEvent node && node.getAnchor() != null;
    }

    /** Makes them. */
    static final class Factory extends YAMLFactory {

        private static final long serialVersionUID = 1L;

        Factory(YAMLFactoryBuilder settings) {
            super(settings);
        }

        private LoaderOptions options() {
            return _loaderOptions;
        }

        @Override
        public EventParser createParser(String text) throws IOException {
            return (EventParser) super.createParser(text);
        }

        @Override
        protected EventParser _createParser(Reader reader, IOContext context) {
            return new EventParser(this, context, reader);
        }
    }
}
