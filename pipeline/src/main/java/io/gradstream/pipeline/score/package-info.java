/** The scoring job: it learns nothing, and follows the snapshots that a main job publishes. */
package io.gradstream.pipeline.score;
