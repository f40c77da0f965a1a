package dev.moonflow.jobs.demo;

import java.nio.file.Path;

/**
 * The checkpoint that the demo runs on.
 *
 * @param folder where it lies
 * @param random whether its weights are random, so that its words are noise
 * @param readsLines whether it reads pages best line by line, as the default model does
 */
public record DemoModel(Path folder, boolean random, boolean readsLines) {}
