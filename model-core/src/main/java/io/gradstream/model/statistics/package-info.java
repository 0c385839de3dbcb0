/** How good a model is, honestly: each outcome is compared with what was served before it was known. */
package io.gradstream.model.statistics;
