package io.gradstream.model;

import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that tells specs apart. */
final class SpecHash {
    private SpecHash() {}

    static String of(ModelSpec spec) {
        try {
            String json = Json.write(SpecWriter.tree(spec));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
