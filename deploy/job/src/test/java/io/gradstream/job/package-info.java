/** What the jar for a cluster must hold and must not hold. */
package io.gradstream.job;
