package io.gradstream.connectors.kafka;

/** Kafka did not answer, or refused to; the message is one plain sentence that says what to do and shows no secret. */
public final class KafkaAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    KafkaAnswerException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
