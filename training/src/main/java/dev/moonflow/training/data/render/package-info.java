/**
 * Drawing with Java2D, without a display: fonts that are there, a canvas that returns the box of
 * what it drew, pages with columns, headings, lists and tables, encoding as PNG and JPEG. Equal
 * choices on one machine give equal pixels; which fonts there are differs between machines, so
 * examples record theirs.
 */
package dev.moonflow.training.data.render;
