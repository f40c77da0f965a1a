/**
 * How Kimi-VL is trained: data construction, optimizers, stages, evaluation (SPEC sections 12 and
 * 13). Stands on model and connectors; never part of the job jar.
 *
 * <pre>
 *                         cli
 *              /           |          \
 *            job       evaluation    stage
 *             |            |        /  |   \
 *            data          |   trainer |  rollout
 *               \          |    |    \ |   /
 *                \         |  batch   \|  /
 *                 \        |   |  distributed
 *                  \       |   |    |   \
 *                    sample ---+    |   network
 *                                   |   /
 *                              optimizer
 *                                   |
 *                                 torch
 * </pre>
 *
 * Every package may use those below it; a test holds it. Gradients and dense products are
 * LibTorch's, collectives are Gloo's; only torch, network, optimizer, distributed, trainer, stage
 * and experiment see a tensor. Experiment stands beside stage, on network and distributed: what the
 * documents' measurements are made with.
 */
package dev.moonflow.training;
