/** Where a model's numbers live: one array of dense parameters cut into named views, and sparse tables apart. */
package io.gradstream.model.parameters;
