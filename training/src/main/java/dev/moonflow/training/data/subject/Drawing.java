package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.TextLine;
import java.util.List;

/**
 * A drawn subject.
 *
 * @param canvas its pixels
 * @param lines what is labelled on it: lines of text, objects, widgets
 * @param font the family it is written in, or empty
 */
public record Drawing(Canvas canvas, List<TextLine> lines, String font) {}
