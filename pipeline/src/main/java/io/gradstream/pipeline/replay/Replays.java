package io.gradstream.pipeline.replay;

import io.gradstream.connectors.formats.CsvFile;
import io.gradstream.connectors.formats.CsvFormat;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;

/** A file in the place of Kafka: the pipeline turned to it, its source, and the sink that writes into a folder. */
public final class Replays {

    /** The topic of events in the source. */
    public static final int EVENTS = 0;
    /** The topic of labels in the source. */
    public static final int LABELS = 1;

    /** Usual ones. */
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    private final ReplayPlan plan;
    private final org.apache.flink.core.fs.Path file;

    private Replays(ReplayPlan plan, org.apache.flink.core.fs.Path file) {
        this.plan = plan;
        this.file = file;
    }

    /** What is between a file's cells unless it is said: as in the pipeline's own format, where that is CSV; else a comma. */
    public static char delimiter(Pipeline pipeline) {
        return pipeline.events().format() instanceof CsvFormat csv ? csv.delimiter() : ',';
    }

    /**
     * Turns a pipeline to a file.
     *
     * @param file CSV with a first line that names the columns; plain or gzip
     * @param delimiter what is between its cells
     * @throws IOException when the file cannot be read
     * @throws FormatException when it lacks a column that is used, or does not say when labels became known
     */
    public static Replays of(Pipeline pipeline, Path file, char delimiter) throws IOException, FormatException {
        org.apache.flink.core.fs.Path path = org.apache.flink.core.fs.Path.fromLocalFile(file.toFile());
        try (CsvFile csv = CsvFile.open(file, delimiter)) {
            return new Replays(plan(pipeline, csv.columns(), file, delimiter), path);
        }
    }

    private static ReplayPlan plan(Pipeline pipeline, List<String> columns, Path file, char delimiter)
            throws FormatException {
        try {
            return ReplayPlan.of(pipeline, columns, delimiter);
        } catch (FormatException e) {
            String header = columns.get(0);
            for (char other : DELIMITERS) {
                if (columns.size() == 1 && header.indexOf(other) >= 0) {
                    throw new FormatException(file + ": its header is one column, as read with " + shown(delimiter)
                            + " between columns, and has " + shown(other)
                            + " in it: if that is what is between them, give"
                            + " --delimiter");
                }
            }
            throw e;
        }
    }

    private static String shown(char delimiter) {
        return delimiter == '\t' ? "a tab" : "'" + delimiter + "'";
    }

    /** The pipeline that reads the file. */
    public Pipeline pipeline() {
        return plan.pipeline();
    }

    /** Its events and labels in the order in which they happened; {@link RawRecord#topic} says which a record is. */
    public Source<RawRecord, ?, ?> source() {
        return FileSource.forBulkFileFormat(new ReplayFormat(plan), file)
                .setFileEnumerator(
                        () -> new NonSplittingRecursiveEnumerator(any -> true)) // else it skips names like _x and .x
                .build();
    }

    /** Writes everything that leaves into a folder of this machine; {@link ReplayResult#read} reads it afterwards. */
    public Sink<Outgoing> sink(Path folder) {
        return new ReplaySink(folder, plan.pipeline().name(), plan.pipeline().target());
    }
}
