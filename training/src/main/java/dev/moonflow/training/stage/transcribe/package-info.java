/**
 * Tower and projector learn to read single lines before there is a language model to tell: every
 * media token is cut into a few slots, each slot names a byte of the text or none, and
 * connectionist temporal classification (Graves et al. 2006) sums over all ways in which the slots
 * can spell the line. Needs no alignment, and one pass of the tower; a language model that is
 * joined later finds the characters in the media tokens already.
 *
 * <pre>
 *   image -- tower -- merge -- projector -- slots -- bytes -- CTC -- text
 * </pre>
 *
 * <p>The last two maps are companions: saved with the run so that it resumes exactly, and no part
 * of the model that comes out. May use {@code network}, {@code batch} and {@code trainer}.
 */
package dev.moonflow.training.stage.transcribe;
