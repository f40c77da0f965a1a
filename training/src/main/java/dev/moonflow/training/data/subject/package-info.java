/**
 * What images show: scenes of objects, tables, charts, diagrams, paperwork, screens. Each knows its
 * content exactly, draws itself, and asks questions about itself whose answers are exact, with the
 * steps that lead to them.
 */
package dev.moonflow.training.data.subject;
