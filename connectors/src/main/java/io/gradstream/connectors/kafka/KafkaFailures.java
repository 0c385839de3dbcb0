package io.gradstream.connectors.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says in one plain sentence why Kafka could not be used, and what to do. */
final class KafkaFailures {
    private final String bootstrap;
    private final Duration patience;
    private final Secrets secrets;

    KafkaFailures(Map<String, String> client, Duration patience) {
        this.bootstrap = client.get("bootstrap.servers");
        this.patience = patience;
        this.secrets = new Secrets(client);
    }

    String sentence(Throwable failure) {
        return secrets.hide(explain(unwrap(failure)));
    }

    /** The failure itself, without the futures' wrapping. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private String explain(Throwable failure) {
        if (failure instanceof TimeoutException || failure instanceof java.util.concurrent.TimeoutException) {
            return "No Kafka broker answers at " + bootstrap + " within " + seconds()
                    + ": start it, or correct bootstrap.servers (or security.protocol, if the broker wants another).";
        }
        if (failure instanceof SaslAuthenticationException) {
            return "Kafka at " + bootstrap + " refuses the login: " + text(failure)
                    + "; correct sasl.mechanism, the user's name or the password.";
        }
        if (failure instanceof SslAuthenticationException) {
            return "TLS with Kafka at " + bootstrap + " fails: " + text(root(failure))
                    + "; correct the trust store or, on the broker, its certificate, host name or dates.";
        }
        if (failure instanceof AuthorizationException) {
            return "Kafka at " + bootstrap + " does not allow it: " + text(failure)
                    + "; give the user the access control entries that the documentation lists.";
        }
        if (failure instanceof UnsupportedVersionException) {
            return "Kafka at " + bootstrap + " is too old: " + text(failure) + "; use 2.8 or newer.";
        }
        Throwable config = find(failure, ConfigException.class);
        if (config != null && String.valueOf(config.getMessage()).contains("bootstrap")) {
            return "bootstrap.servers '" + bootstrap + "' cannot be used: " + text(config)
                    + "; give one or more HOST:PORT.";
        }
        return "The Kafka client cannot be used as it is set: " + text(root(failure))
                + "; correct the Kafka client properties.";
    }

    private String seconds() {
        return patience.toMillis() % 1000 == 0 ? patience.toSeconds() + " s" : patience.toMillis() + " ms";
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        String first = message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
