/** Guards a learner against steps that make its model worse: notices, goes back to the last good version, and goes on with smaller steps. */
package io.gradstream.model.guard;
