/**
 * Settings as Java records: read from a tree of maps, lists and scalars (as YAML or JSON gives it), written back in one canonical
 * form, and listed for the reference page. What a setting is called, means, takes and is by default stands at the record's component
 * and nowhere else. Reflection is used here, at start-up, and never while records flow.
 */
package io.gradstream.model.spec;
