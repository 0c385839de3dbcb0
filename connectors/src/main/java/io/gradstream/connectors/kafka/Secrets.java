package io.gradstream.connectors.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps what client properties hold in confidence out of messages. */
final class Secrets {
    private static final Pattern QUOTED = Pattern.compile("=\\s*[\"']([^\"']+)[\"']");
    private static final List<String> NAMES =
            List.of("password", "secret", "jaas", "token", "credential", "keystore.key", "certificate", "passphrase");

    private final List<String> secrets = new ArrayList<>();

    Secrets(Map<String, String> client) {
        client.forEach((key, value) -> {
            String name = key.toLowerCase(Locale.ROOT);
            if (NAMES.stream().anyMatch(name::contains) && !name.endsWith(".location")) {
                add(value);
                Matcher quoted = QUOTED.matcher(value);
                while (quoted.find()) {
                    add(quoted.group(1));
                }
            }
        });
        secrets.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** The text with every secret replaced. */
    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "[hidden]");
        }
        return hidden;
    }

    private void add(String secret) {
        if (!secret.isBlank()) {
            secrets.add(secret);
        }
    }
}
