package io.gradstream.pipeline.learn;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class logs while this is open. */
public final class LogLines implements AutoCloseable {
    private final Logger logger;
    private final Level before;
    private final Lines lines = new Lines();

    private LogLines(Logger logger) {
        this.logger = logger;
        before = logger.getLevel();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
    }

    public static LogLines of(Class<?> type) {
        return new LogLines((Logger) LogManager.getLogger(type));
    }

    public List<String> lines() {
        return List.copyOf(lines.messages);
    }

    @Override
    public void close() {
        logger.removeAppender(lines);
        logger.setLevel(before);
    }

    private static final class Lines extends AbstractAppender {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            messages.add(event.getMessage().getFormattedMessage());
        }
    }
}
