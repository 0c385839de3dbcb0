package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** The Dockerfile and the Kubernetes file: they parse, and they agree with each other, the build and the cluster's configuration. */
class ContainerTest {
    private static final String JAR = "/opt/flink/usrlib/gradstream-job.jar";

    @Test
    void theImageIsFlinksOwnAndPinnedToTheVersionWeBuildAgainst() throws IOException {
        List<String> from = instructions("FROM");

        assertThat(from).containsExactly("flink:" + property("flink.version") + "-java17");
    }

    @Test
    void theImageHoldsTheJarThatTheBuildMakes() throws IOException {
        assertThat(instructions("COPY"))
                .contains("--chown=flink:flink deploy/job/target/gradstream-job-" + version() + ".jar " + JAR);
        for (String copy : instructions("COPY")) {
            List<String> words = List.of(copy.split(" "));
            for (String source : words.subList(1, words.size() - 1)) {
                if (!source.contains("/target/")) {
                    assertThat(Files.exists(ProjectFiles.ROOT.resolve(source)))
                            .as(source)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theImageDoesNotRunAsRoot() throws IOException {
        List<String> users = instructions("USER");

        assertThat(users.get(users.size() - 1)).isEqualTo("flink");
    }

    @Test
    void theDeploymentNamesWhatTheImageHolds() throws Exception {
        JsonNode deployment = deployment();

        assertThat(deployment.at("/apiVersion").asText()).isEqualTo("flink.apache.org/v1beta1");
        assertThat(deployment.at("/kind").asText()).isEqualTo("FlinkDeployment");
        assertThat(deployment.at("/metadata/name").asText()).matches("[a-z][a-z0-9-]{0,44}");
        String image = deployment.at("/spec/image").asText();
        assertThat(ProjectFiles.read("deploy/docker/Dockerfile")).contains("-t " + image + " ");
        assertThat(deployment.at("/spec/flinkVersion").asText())
                .isEqualTo("v"
                        + property("flink.version").replaceFirst("\\.\\d+$", "").replace('.', '_'));
        assertThat(deployment.at("/spec/job/jarURI").asText()).isEqualTo("local://" + JAR);
        assertThat(Class.forName(
                        deployment.at("/spec/job/entryClass").asText(),
                        false,
                        getClass().getClassLoader()))
                .hasDeclaredMethods("main");
        assertThat(deployment.at("/spec/job/args/0").asText()).isEqualTo("run");
        assertThat(deployment.at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
        assertThat(deployment.at("/spec/serviceAccount").asText()).isEqualTo("flink");
        for (String role : List.of("jobManager", "taskManager")) {
            assertThat(deployment.at("/spec/" + role + "/resource/cpu").asDouble())
                    .isPositive();
            assertThat(deployment.at("/spec/" + role + "/resource/memory").asText())
                    .matches("\\d+[mg]");
        }
    }

    @Test
    void theDeploymentSetsWhatTheClustersConfigurationSets() throws Exception {
        Configuration cluster = ClusterConfigurationTest.load();
        Map<String, ConfigOption<?>> known = FlinkOptions.byKey();
        ObjectNode settings = (ObjectNode) deployment().at("/spec/flinkConfiguration");

        for (Map.Entry<String, JsonNode> setting : settings.properties()) {
            String key = setting.getKey();
            assertThat(known.keySet()).contains(key);
            assertThat(setting.getValue().isTextual())
                    .as("%s is text, as the operator wants it", key)
                    .isTrue();
            if (cluster.containsKey(key)) {
                assertThat(words(setting.getValue().asText()))
                        .as(key)
                        .isEqualTo(words(cluster.toMap().get(key)));
            } else {
                assertThat(key).startsWith("high-availability.");
            }
        }
        for (String key : cluster.keySet()) {
            if (!key.matches(".*(bind-host|address|\\.host|memory\\.process\\.size|parallelism\\.default).*")
                    && !key.startsWith("jobmanager.adaptive-scheduler")) {
                assertThat(settings.has(key)).as(key).isTrue();
            }
        }
    }

    @Test
    void secretsComeByReferenceOnly() throws Exception {
        JsonNode container = deployment().at("/spec/podTemplate/spec/containers/0");

        assertThat(container.at("/name").asText()).isEqualTo("flink-main-container");
        assertThat(container.at("/env")).isNotEmpty();
        for (JsonNode variable : container.at("/env")) {
            assertThat(variable.has("value")).isFalse();
            assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isEqualTo("flights-kafka");
            assertThat(variable.at("/valueFrom/secretKeyRef/key").asText()).isNotEmpty();
        }
    }

    @Test
    void everyVariableThatThePipelineNamesIsSet() throws Exception {
        JsonNode variables = deployment().at("/spec/podTemplate/spec/containers/0/env");
        List<String> named = Pattern.compile("\\$\\{ENV:(\\w+)")
                .matcher(ProjectFiles.read("deploy/quickstart/flights.yaml") + ProjectFiles.read("docs/deployment.md"))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("NAME"))
                .distinct()
                .toList();

        assertThat(named).contains("KAFKA_BROKERS", "KAFKA_JAAS_CONFIG");
        assertThat(variables.findValuesAsText("name")).containsAll(named);
    }

    @Test
    void everyMountHasItsVolumeAndCheckpointsAreOnOne() throws Exception {
        JsonNode deployment = deployment();
        List<String> volumes = deployment.at("/spec/podTemplate/spec/volumes").findValuesAsText("name");
        JsonNode mounts = deployment.at("/spec/podTemplate/spec/containers/0/volumeMounts");

        assertThat(mounts).isNotEmpty();
        for (JsonNode mount : mounts) {
            assertThat(volumes).contains(mount.at("/name").asText());
        }
        assertThat(mounts.findValuesAsText("mountPath")).contains("/flink-data");
        assertThat(deployment
                        .at("/spec/flinkConfiguration/execution.checkpointing.dir")
                        .asText())
                .startsWith("file:///flink-data/");
        assertThat(deployment.at("/spec/job/args/1").asText())
                .startsWith(mounts.at("/0/mountPath").asText() + "/");
    }

    @Test
    void runsWithoutPrivileges() throws Exception {
        JsonNode security = deployment().at("/spec/podTemplate/spec/securityContext");

        assertThat(security.at("/runAsNonRoot").asBoolean()).isTrue();
        assertThat(security.at("/runAsUser").asInt()).isEqualTo(9999);
    }

    private static JsonNode deployment() throws IOException {
        return new YAMLMapper().readTree(ProjectFiles.read("deploy/kubernetes/flights.yaml"));
    }

    private static List<String> instructions(String name) throws IOException {
        return ProjectFiles.read("deploy/docker/Dockerfile")
                .replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private static String property(String name) throws IOException {
        return first("<" + Pattern.quote(name) + ">([^<]+)<");
    }

    private static String version() throws IOException {
        return first("<artifactId>gradstream</artifactId>\\s*<version>([^<]+)<");
    }

    private static String first(String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(ProjectFiles.read("pom.xml"));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
