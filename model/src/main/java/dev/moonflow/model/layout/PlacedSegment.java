package dev.moonflow.model.layout;

/** A segment in reading order; row and cell are {@link TextLine#NONE} outside of tables. */
record PlacedSegment(Segment segment, int block, int row, int cell, int blockLeft) {}
