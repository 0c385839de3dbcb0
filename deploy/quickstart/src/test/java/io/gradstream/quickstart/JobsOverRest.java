package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our jar, uploaded to a cluster once and run by its JobManager as often as asked. */
final class JobsOverRest {
    private static final Path JAR = Path.of(System.getProperty("gradstream.job.jar"));
    private static final String BOUNDARY = "jar";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ClusterProcesses cluster;
    private final String jar;

    JobsOverRest(ClusterProcesses cluster) throws IOException, InterruptedException {
        this.cluster = cluster;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(
                text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"job.jar\"\r\n"
                        + "Content-Type: application/x-java-archive\r\n\r\n"));
        body.write(Files.readAllBytes(JAR));
        body.write(text("\r\n--" + BOUNDARY + "--\r\n"));
        String answer = send(
                "POST",
                "/jars/upload",
                "multipart/form-data; boundary=" + BOUNDARY,
                BodyPublishers.ofByteArray(body.toByteArray()));
        jar = found("\"filename\":\"[^\"]*/([^/\"]+)\"", answer);
    }

    /** Runs a command over a pipeline's file and gives the job's id. */
    String run(String command, Path pipeline) throws IOException, InterruptedException {
        String body = "{\"programArgsList\":[\"" + command + "\",\"" + pipeline + "\"]}";
        return found(
                "\"jobid\":\"([0-9a-f]{32})\"",
                send("POST", "/jars/" + jar + "/run", "application/json", BodyPublishers.ofString(body)));
    }

    /** Cancels a job; returns when it has ended and its slot is free. */
    void cancel(String job) throws Exception {
        send("PATCH", "/jobs/" + job + "?mode=cancel", "application/json", BodyPublishers.noBody());
        FlightsJob.patiently("an end")
                .until(() -> FlightsJob.freeSlots(cluster) == 1
                        && FlightsJob.get(cluster, "/jobs/" + job).contains("\"state\":\"CANCELED\""));
    }

    private String send(String method, String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.rest() + path))
                .header("Content-Type", type)
                .timeout(Duration.ofMinutes(1))
                .method(method, body)
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private static String found(String pattern, String answer) {
        Matcher matcher = Pattern.compile(pattern).matcher(answer);
        assertThat(matcher.find()).as(answer).isTrue();
        return matcher.group(1);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
