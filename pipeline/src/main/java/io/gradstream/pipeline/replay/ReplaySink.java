package io.gradstream.pipeline.replay;

import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotAssembler.Complete;
import io.gradstream.connectors.records.SnapshotAssembler.Result;
import io.gradstream.model.Task;
import io.gradstream.model.spec.Json;
import io.gradstream.pipeline.config.Pipeline.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes what a replay gives out into a folder: {@link ReplayResult} names the files, which take the place of an older replay's when this
 * one has come to its end, and not before. One writer, in the client's process.
 */
final class ReplaySink implements Sink<Outgoing> {

    private static final long serialVersionUID = 1;

    private final String folder;
    private final String model;
    private final Target target;

    ReplaySink(Path folder, String model, Target target) {
        this.folder = folder.toString();
        this.model = model;
        this.target = target;
    }

    @Override
    public SinkWriter<Outgoing> createWriter(WriterInitContext context) throws IOException {
        return new Writer(Path.of(folder), model, target.task() == Task.MULTICLASS ? target.classes() : 1);
    }

    private static final class Writer implements SinkWriter<Outgoing> {

        private final PartFile predictions;
        private final PartFile deadLetters;
        private final PartFile evaluation;
        private final PartFile snapshot;
        private final List<PartFile> files;
        private final SnapshotAssembler assembler;
        private final StringBuilder line = new StringBuilder();
        private Evaluation all;
        private Map<String, String> about = Map.of();

        Writer(Path folder, String model, int scores) throws IOException {
            Files.createDirectories(folder);
            predictions = new PartFile(folder, ReplayResult.PREDICTIONS);
            deadLetters = new PartFile(folder, ReplayResult.DEAD_LETTERS);
            evaluation = new PartFile(folder, ReplayResult.EVALUATION);
            snapshot = new PartFile(folder, ReplayResult.MODEL);
            files = List.of(predictions, deadLetters, snapshot, evaluation);
            assembler = new SnapshotAssembler(model);
            try {
                predictions.append("id,event_time,version,duplicate" + scoreNames(scores) + "\n");
                deadLetters.append("line,reason,message,value\n");
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        @Override
        public void write(Outgoing record, Context context) throws IOException {
            if (record instanceof Prediction prediction) {
                write(prediction);
            } else if (record instanceof DeadLetter letter) {
                write(letter);
            } else if (record instanceof Evaluation evaluation) {
                all = evaluation.scope() == Evaluation.Scope.ALL ? evaluation : all;
            } else {
                assemble(record);
            }
        }

        private void write(Prediction prediction) throws IOException {
            line.setLength(0);
            quoted(prediction.id());
            line.append(',').append(Instant.ofEpochMilli(prediction.eventTime()));
            line.append(',').append(prediction.version()).append(',').append(prediction.duplicate());
            for (int i = 0; i < prediction.outputs(); i++) {
                line.append(',').append(prediction.score(i));
            }
            predictions.append(line.append('\n'));
        }

        private static String scoreNames(int outputs) {
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < outputs; i++) {
                names.append(outputs == 1 ? ",score" : ",score_" + i);
            }
            return names.toString();
        }

        private void write(DeadLetter letter) throws IOException {
            line.setLength(0);
            line.append(letter.offset()).append(',').append(letter.reason()).append(',');
            quoted(letter.message());
            line.append(',');
            quoted(letter.value() == null ? "" : new String(letter.value(), StandardCharsets.UTF_8));
            deadLetters.append(line.append('\n'));
        }

        private void quoted(String text) {
            if (text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
                line.append(text);
            } else {
                line.append('"').append(text.replace("\"", "\"\"")).append('"');
            }
        }

        private void assemble(Outgoing part) throws IOException {
            Result result = assembler.add(part);
            if (result instanceof Complete complete) {
                Snapshot newest = complete.snapshot();
                if (newest.manifest().version() > 0) {
                    snapshot.set(newest.bytes());
                }
                about = newest.manifest().about();
            }
        }

        /** The old evaluation goes first, and the new one gets its name last: where one is, the others are whole and of the same replay. */
        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (!endOfInput) {
                return;
            }
            if (all != null) {
                evaluation.set((Json.write(tree()) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            predictions.complete();
            deadLetters.complete();
            evaluation.removeOld();
            for (PartFile file : files) {
                file.name();
            }
        }

        private Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("model", all.model());
            tree.put("lineage", all.lineage());
            tree.put("version", all.version());
            tree.put("examples", all.examples());
            tree.put("metrics", new LinkedHashMap<String, Object>(all.metrics()));
            if (about.containsKey("counters")) {
                tree.put("counters", Json.read(about.get("counters")));
            }
            return tree;
        }

        @Override
        public void close() {
            files.forEach(PartFile::close);
        }
    }
}
