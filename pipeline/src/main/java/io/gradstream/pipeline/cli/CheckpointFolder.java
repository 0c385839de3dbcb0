package io.gradstream.pipeline.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checkpoints of a pipeline's local runs, one after the other: {@code JOB/chk-N/_metadata}, as Flink lays them out. One run at a time has
 * it, by a lock on a file that ends with the process: two that went on from one checkpoint would end each other's transactions.
 */
final class CheckpointFolder implements AutoCloseable {
    private static final String METADATA = "_metadata";

    private final Path folder;
    private FileChannel locked;

    CheckpointFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The folder of the checkpoint that was completed last. */
    Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(
                folder, 3, (file, about) -> file.getFileName().toString().equals(METADATA))) {
            List<Path> found = files.toList();
            return found.stream()
                    .max(Comparator.comparing(CheckpointFolder::completed).thenComparing(CheckpointFolder::number))
                    .map(Path::getParent);
        }
    }

    /** @throws IOException when another run has it */
    void lock() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!hasLock(channel)) {
            channel.close();
            throw new IOException("Another run has the checkpoints in " + folder
                    + "; stop it, or give this one a folder of its own with --checkpoints");
        }
        locked = channel;
    }

    private static boolean hasLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // it is a run in this very process
        }
    }

    String uri() {
        return folder.toUri().toString();
    }

    @Override
    public void close() throws IOException {
        if (locked != null) {
            locked.close();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private static FileTime completed(Path metadata) {
        try {
            return Files.getLastModifiedTime(metadata);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // it went just now, with the checkpoint
        }
    }

    private static long number(Path metadata) {
        String name = metadata.getParent().getFileName().toString();
        return name.matches("chk-[0-9]{1,18}") ? Long.parseLong(name.substring(4)) : -1;
    }
}
