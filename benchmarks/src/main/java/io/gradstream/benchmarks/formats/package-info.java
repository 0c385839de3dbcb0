/** What it costs to decode one record. */
package io.gradstream.benchmarks.formats;
