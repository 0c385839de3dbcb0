package io.gradstream.pipeline.cli;

import io.gradstream.connectors.kafka.KafkaAnswerException;
import io.gradstream.connectors.kafka.OpenTransactions;
import io.gradstream.connectors.kafka.OpenTransactions.Transaction;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.KafkaEnds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, and ends, what a job left open in Kafka. */
@Command(
        name = "transactions",
        description = {
            "List the transactions that Kafka holds open for a pipeline. Readers with read_committed see nothing behind one until it"
                    + " ends.",
            "A job that runs has one or two for each subtask of its sink. One of a job that was killed for good stays open until its"
                    + " timeout, or until it is ended here."
        },
        footer = {
            "%nExamples:",
            "  gradstream transactions clicks.yaml",
            "  gradstream transactions clicks.yaml --abort   # its job is gone, and will not go on from its last checkpoint"
        })
final class TransactionsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's YAML file.")
    private Path file;

    @Option(names = "--scoring", description = "Those of the pipeline's scoring job, not of its main job.")
    private boolean scoring;

    @Option(
            names = "--abort",
            description =
                    "End them; what they hold is dropped. A job that still runs fails; one that goes on from a checkpoint"
                            + " that counts on them stops, saying so.")
    private boolean abort;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Pipeline pipeline = PipelineFile.load(file).pipeline();
        String prefix =
                scoring ? KafkaEnds.scorePrefix(pipeline) : pipeline.outputs().transactionalIdPrefix();
        PrintWriter out = spec.commandLine().getOut();
        try (OpenTransactions transactions =
                new OpenTransactions(pipeline.kafka(), KafkaStart.patience(pipeline.kafka()))) {
            List<Transaction> open = transactions.of(prefix);
            if (open.isEmpty()) {
                out.println("no open transaction with prefix '" + prefix + "'");
            }
            for (Transaction each : open) {
                out.println(text(each));
            }
            if (abort && !open.isEmpty()) {
                transactions.abort(open);
                out.println(open.size() + " aborted");
            }
        } catch (KafkaAnswerException e) {
            throw new PipelineException(List.of(e.getMessage()));
        }
        out.flush();
        return 0;
    }

    private static String text(Transaction transaction) {
        String times = transaction.since() == null
                ? ""
                : ", since " + seconds(transaction.since()) + ", times out at " + seconds(transaction.until());
        return transaction.id() + ": " + transaction.state() + times + ", in "
                + (transaction.partitions().isEmpty() ? "no partition" : String.join(" ", transaction.partitions()));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
