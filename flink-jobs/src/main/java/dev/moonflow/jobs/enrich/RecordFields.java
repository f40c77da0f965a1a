package dev.moonflow.jobs.enrich;

import java.util.Map;

/**
 * The fields of a record that are needed.
 *
 * @param texts of the prompt's fields, by path; those that are missing are not in it
 * @param image the bytes of the image's field, or the text of one that holds text; null if missing
 */
public record RecordFields(Map<String, String> texts, Object image) {}
