/**
 * Makes the bundled samples of {@code samples/}: a photo-like image, a scanned receipt, a two-page
 * PDF, a short video and a question. Every file is drawn by this code from fixed seeds and no font
 * or picture of the machine is used. Needs PDFBox, JavaCV and Jackson; knows neither Flink nor
 * Kafka.
 */
package dev.moonflow.jobs.demo.samples;
