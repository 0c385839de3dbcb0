/**
 * How bytes become fields: Avro, JSON and CSV.
 *
 * <p>A pipeline names the {@link io.gradstream.connectors.formats.Field fields} it uses. {@link
 * io.gradstream.connectors.formats.Formats#decoder Formats.decoder} compiles them, with the format's settings, into a
 * {@link io.gradstream.connectors.formats.RecordDecoder} that fills reusable {@link
 * io.gradstream.connectors.formats.FieldValues columns} and skips everything else. What does not fit the settings is a
 * {@link io.gradstream.connectors.formats.FormatException} before the start; what does not decode is an {@link
 * io.gradstream.connectors.formats.UndecodableException} of that one record, and never anything else.
 */
package io.gradstream.connectors.formats;
