/** The live panel: what it shows, how that looks as text, and how text gets onto a terminal or into a log. */
package io.gradstream.quickstart.panel;
