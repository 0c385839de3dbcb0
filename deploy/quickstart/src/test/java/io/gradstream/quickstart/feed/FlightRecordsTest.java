package io.gradstream.quickstart.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/** What is written is what the schema files say. */
class FlightRecordsTest {
    private final FlightRecords records = new FlightRecords();

    @Test
    void aDepartureIsAFlight() throws IOException {
        GenericRecord flight = read("flight.avsc", records.departure(732_684, 978_307_200_123L, "ORD", "JFK", 740));

        assertThat(flight.get("flight")).isEqualTo(732_684L);
        assertThat(flight.get("dep_time")).isEqualTo(978_307_200_123L);
        assertThat(flight.get("origin")).hasToString("ORD");
        assertThat(flight.get("destination")).hasToString("JFK");
        assertThat(flight.get("distance_mi")).isEqualTo(740);
    }

    @Test
    void anOutcomeIsAnArrival() throws IOException {
        GenericRecord arrival = read("arrival.avsc", records.arrival(0, 978_307_200_000L, -70));

        assertThat(arrival.get("flight")).isEqualTo(0L);
        assertThat(arrival.get("landed")).isEqualTo(978_307_200_000L);
        assertThat(arrival.get("arr_delay_min")).isEqualTo(-70);
    }

    @Test
    void theKeyIsTheFlight() {
        assertThat(FlightRecords.key(258)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
    }

    private static GenericRecord read(String schemaFile, byte[] value) throws IOException {
        Schema schema = new Schema.Parser().parse(Files.readString(Path.of(schemaFile)));
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        return record;
    }
}
