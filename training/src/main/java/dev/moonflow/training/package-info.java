/**
 * How Kimi-VL is trained: data construction, optimizers, stages, evaluation (SPEC sections 12 and
 * 13). Stands on model and connectors; never part of the job jar.
 *
 * <pre>
 *   cli          the commands train, data, evaluate, experiment: on all below
 *   evaluation   benchmarks, on the product's engine alone
 *   experiment   measurements of the documents: network, optimizer, distributed
 *   stage        what each stage optimises: trainer, rollout and all below them
 *   trainer      recipe, loop, checkpoints, logs: batch, network, optimizer
 *   rollout      answers of a policy from the product's engine: batch, sample
 *   distributed  ranks over Gloo, ZeRO-1: network, optimizer
 *   optimizer    Muon, AdamW: network's parameter list
 *   data         generators, filters, jobs on Flink: sample
 *   batch        examples to packed batches: sample, network's batch
 *   network      the trainable model: torch
 *   sample       one training example, its shards, its checkers
 *   torch        LibTorch behind one face
 * </pre>
 *
 * A test holds it. Gradients and dense products are LibTorch's, collectives are Gloo's; evaluation,
 * data, batch, sample, rollout and cli see no tensor, and only {@code data.job} sees Flink.
 */
package dev.moonflow.training;
