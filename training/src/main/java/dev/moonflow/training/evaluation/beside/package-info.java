/**
 * Another reader on the same images: Tesseract, as a command of the machine, with its default
 * settings. What it reads is judged by the task's own metric, and compared pair by pair. Also the
 * pictures of what was read well and badly.
 */
package dev.moonflow.training.evaluation.beside;
