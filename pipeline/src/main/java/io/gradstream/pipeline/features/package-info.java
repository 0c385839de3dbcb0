/**
 * Features: how the decoded fields of an event become the flat row of numbers and ids that a model takes, and how an outcome
 * becomes a target. Stateless, without allocation, the same bits everywhere; the hash is part of the format.
 */
package io.gradstream.pipeline.features;
