package io.gradstream.connectors.kafka;

import io.gradstream.testing.TestTopics;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.awaitility.Awaitility;

/** Makes a broker work as an older one does with transactions. */
final class TransactionVersions {
    private static final String FEATURE = "transaction.version";

    private TransactionVersions() {}

    /** Returns when the broker says that it works so. */
    static void use(short version, TestTopics topics) throws Exception {
        try (Admin admin = Admin.create(topics.client())) {
            if (current(admin) == version) {
                return;
            }
            UpgradeType direction = current(admin) < version ? UpgradeType.UPGRADE : UpgradeType.SAFE_DOWNGRADE;
            admin.updateFeatures(Map.of(FEATURE, new FeatureUpdate(version, direction)), new UpdateFeaturesOptions())
                    .all()
                    .get();
            Awaitility.await().until(() -> current(admin) == version);
        }
    }

    private static short current(Admin admin) throws Exception {
        FinalizedVersionRange range = admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .get(FEATURE);
        return range == null ? 0 : range.maxVersionLevel();
    }
}
