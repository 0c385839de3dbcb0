package io.gradstream.pipeline.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that has its name only when it is whole; until then it is {@code NAME.part}, which is gone when nothing came of it. An error
 * says which file could not be written, which that of a full disk does not.
 */
final class PartFile implements AutoCloseable {
    static final String PART = ".part";

    private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);

    private final Path file;
    private final Path part;
    private BufferedWriter text;
    private boolean any;

    PartFile(Path folder, String name) {
        file = folder.resolve(name);
        part = folder.resolve(name + PART);
    }

    /** Adds to its text. */
    void append(CharSequence more) throws IOException {
        try {
            if (text == null) {
                text = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
                any = true;
            }
            text.append(more);
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** What it holds, instead of what it held. */
    void set(byte[] bytes) throws IOException {
        try {
            Files.write(part, bytes);
            any = true;
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** All of it is on its way to the disk: what does not fit there has failed by now. */
    void complete() throws IOException {
        try {
            if (text != null) {
                text.close();
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Removes what had the name before. */
    void removeOld() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Gives it its name; if there is nothing in it, what had the name before goes. */
    void name() throws IOException {
        if (any) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } else {
            removeOld();
        }
    }

    /** Drops what has no name yet. Never fails: why it has none is known by now, and what fails in a close ends Flink's process. */
    @Override
    public void close() {
        try {
            complete();
        } catch (IOException e) {
            LOG.debug("What was written is dropped", e);
        }
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.warn("{}, which is of no use any more, cannot be removed: {}", part, e.toString());
        }
    }

    private IOException named(IOException e) {
        return e instanceof FileSystemException
                ? e
                : new IOException(file + " cannot be written: " + e.getMessage(), e);
    }
}
