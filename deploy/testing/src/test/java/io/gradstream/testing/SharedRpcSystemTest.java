package io.gradstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedRpcSystemTest {

    @TempDir
    Path clusters;

    /** What the cluster that happens to be the first calls its temporary folder goes with that cluster. */
    @Test
    void itLiesInAFolderOfItsOwnWhichGoesWithIt() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, clusters.toString());
        SharedRpcSystem.Loaded loaded = SharedRpcSystem.load(configuration);
        assertThat(clusters).isEmptyDirectory();
        assertThat(loaded.folder()).isNotEmptyDirectory();
        assertThat(configuration.get(CoreOptions.TMP_DIRS)).isEqualTo(clusters.toString());
        loaded.system()
                .localServiceBuilder(configuration)
                .createAndStart()
                .closeAsync()
                .get();
        loaded.close();
        assertThat(loaded.folder()).doesNotExist();
    }
}
