package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A text, an image and a sequence of one Avro record, joined with a JSON label: they go through the keyed exchange, wait as state, and are
 * there after a TaskManager was killed.
 */
class ListsJobTest {
    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 4);

    private static final int N = 1600;
    private static final int BATCH = 32;
    private static final String SCHEMA = """
            {"type": "record", "name": "Post", "fields": [
              {"name": "id", "type": "string"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "text", "type": ["null", "string"]},
              {"name": "thumbnail", "type": "bytes"},
              {"name": "clicks", "type": {"type": "array", "items": "float"}}]}
            """;

    @TempDir
    Path folder;

    @Test
    void listsAreJoinedAndRestored(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        JobClient job = Shop.run(pipeline(shop, false));
        write(shop, 0, N / 2);
        shop.awaitPredictions(N / 4);
        flink.terminateTaskManager(0).get();
        flink.startTaskManager();
        write(shop, N / 2, N);
        // What is held for order is released by rows that are far ahead.
        shop.kafka.write(List.of(record(shop.views, post(10 * N))));
        shop.write(shop.sales, 0, List.of(Shop.sale(20 * N)));
        shop.awaitPredictions(N);
        Awaitility.await()
                .atMost(2, TimeUnit.MINUTES)
                .ignoreExceptions()
                .until(() -> shop.lastSnapshot().manifest().version() == N / BATCH);
        assertThat(Shop.attempts(flink, job)).isPositive();
        job.cancel().get();

        Shop undisturbed = shop.again();
        Shop.run(pipeline(undisturbed, true)).getJobExecutionResult().get(2, TimeUnit.MINUTES);
        assertThat(shop.predictions().subList(0, N)).extracting(Prediction::id).containsExactly(MainJobTest.ids(0, N));
        assertThat(Shop.weights(shop.lastSnapshot())).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
        assertThat(shop.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("wrong-shape");
            assertThat(letter.message()).contains("field 'thumbnail' must have 16 numbers (4 x 4 x 1), had 15");
        });
        List<Evaluation> evaluations = undisturbed.evaluations();
        assertThat(evaluations.get(evaluations.size() - 1).metrics().get("accuracy"))
                .isGreaterThan(0.8);
    }

    private Pipeline pipeline(Shop shop, boolean bounded) throws IOException {
        Files.writeString(folder.resolve("post.avsc"), SCHEMA);
        String model = "{layers: "
                + "[{name: words, layer: embedding, dim: 4, combine: mean, inputs: [text]}, "
                + "{name: seen, layer: conv2d, channels: 2, kernel: [3, 3], inputs: [thumbnail]}, "
                + "{name: flat, layer: flatten}, "
                + "{name: read, layer: gru, units: 4, inputs: [clicks]}, "
                + "{name: all, layer: concat, inputs: [words, flat, read]}, "
                + "{name: out, layer: linear, units: 1}]}";
        return shop.load(model, """
                order: event-time
                input:
                  {topic: %s, format: {avro: post.avsc}, id: id, time: at, start-offsets: earliest, bounded: %s}
                features:
                  - {tokens: text, steps: 8}
                  - {image: thumbnail, height: 4, width: 4, divide-by: 255}
                  - {sequence: clicks, steps: 10}
                label:
                  {topic: %s, format: json, field: sold, id: id, time: time, wait: 60s, out-of-orderness: %s}
                """.formatted(shop.views, bounded, shop.sales, Shop.DISORDER));
    }

    /** One post, of which nothing is known later, has an image that lacks a pixel. */
    private static void write(Shop shop, int from, int until) throws IOException {
        List<ProducerRecord<byte[], byte[]>> posts = new ArrayList<>();
        List<String> sales = new ArrayList<>();
        for (int i = from; i < until; i++) {
            posts.add(record(shop.views, post(i)));
            sales.add(Shop.sale(i));
        }
        if (from == 0) {
            posts.add(record(shop.views, post("small", Shop.time(until - 1), 15, true)));
        }
        shop.kafka.write(posts);
        shop.write(shop.sales, 0, sales);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, byte[] value) {
        return new ProducerRecord<>(topic, 0, null, value);
    }

    private static byte[] post(int i) throws IOException {
        return post("v" + i, Shop.time(i), 16, Shop.sale(i).contains("\"sold\":1"));
    }

    /** Two of three parts tell the label. */
    private static byte[] post(String id, long time, int pixels, boolean sold) throws IOException {
        SplittableRandom random = new SplittableRandom(id.hashCode());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        out.writeString(id);
        out.writeLong(time);
        if (random.nextInt(10) == 0) {
            out.writeIndex(0);
            out.writeNull();
        } else {
            out.writeIndex(1);
            out.writeString((sold ? "good " : "poor ") + "word" + random.nextInt(50));
        }
        byte[] image = new byte[pixels];
        random.nextBytes(image);
        out.writeBytes(ByteBuffer.wrap(image));
        int clicks = random.nextInt(13);
        out.writeArrayStart();
        out.setItemCount(clicks);
        for (int each = 0; each < clicks; each++) {
            out.startItem();
            out.writeFloat((float) (random.nextGaussian() + (sold ? 1 : -1)));
        }
        out.writeArrayEnd();
        out.flush();
        return bytes.toByteArray();
    }
}
