package io.shufflenet.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the packages to the arrows that docs/architecture.md draws. */
@AnalyzeClasses(packages = "io.shufflenet.spark", importOptions = DoNotIncludeTests.class)
final class PackageArrowsTest {
  @ArchTest
  static final ArchRule stagesImportOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("image")
          .definedBy("io.shufflenet.spark.image..")
          .layer("checkpoint")
          .definedBy("io.shufflenet.spark.checkpoint..")
          .layer("model")
          .definedBy("io.shufflenet.spark.model..")
          .layer("dataset")
          .definedBy("io.shufflenet.spark.dataset..")
          .layer("results")
          .definedBy("io.shufflenet.spark.results..")
          .layer("inference")
          .definedBy("io.shufflenet.spark.inference..")
          .layer("training")
          .definedBy("io.shufflenet.spark.training..")
          .layer("evaluation")
          .definedBy("io.shufflenet.spark.evaluation..")
          .layer("report")
          .definedBy("io.shufflenet.spark.report..")
          .layer("ml")
          .definedBy("io.shufflenet.spark.ml..")
          .layer("sql")
          .definedBy("io.shufflenet.spark.sql..")
          .layer("demo")
          .definedBy("io.shufflenet.spark.demo..")
          .layer("job")
          .definedBy("io.shufflenet.spark.job..")
          .whereLayer("image")
          .mayNotAccessAnyLayer()
          .whereLayer("checkpoint")
          .mayNotAccessAnyLayer()
          .whereLayer("dataset")
          .mayNotAccessAnyLayer()
          .whereLayer("results")
          .mayNotAccessAnyLayer()
          .whereLayer("model")
          .mayOnlyAccessLayers("checkpoint", "image")
          .whereLayer("inference")
          .mayOnlyAccessLayers("dataset", "model", "image", "results")
          .whereLayer("training")
          .mayOnlyAccessLayers("dataset", "model", "image", "checkpoint")
          .whereLayer("evaluation")
          .mayOnlyAccessLayers("results")
          .whereLayer("report")
          .mayOnlyAccessLayers("evaluation", "results")
          .whereLayer("ml")
          .mayOnlyAccessLayers("inference")
          .whereLayer("sql")
          .mayOnlyAccessLayers("dataset", "inference")
          .whereLayer("ml")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("sql")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("demo")
          .mayNotAccessAnyLayer()
          .whereLayer("job")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("io.shufflenet.spark.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule imagesKnowNeitherSparkNorDjl =
      noClasses()
          .that()
          .resideInAnyPackage("io.shufflenet.spark.image..", "io.shufflenet.spark.checkpoint..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "ai.djl..");

  @ArchTest
  static final ArchRule graphsKnowNothingElse =
      noClasses()
          .that()
          .resideInAPackage("io.shufflenet.spark.model.graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "io.shufflenet.spark.checkpoint..",
              "io.shufflenet.spark.image..",
              "io.shufflenet.spark.model",
              "io.shufflenet.spark.model.torchscript..");

  @ArchTest
  static final ArchRule emittersKnowGraphsAndArchivesOnly =
      noClasses()
          .that()
          .resideInAPackage("io.shufflenet.spark.model.torchscript..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..", "io.shufflenet.spark.image..", "io.shufflenet.spark.model");

  @ArchTest
  static final ArchRule theModelKnowsNoSpark =
      noClasses()
          .that()
          .resideInAPackage("io.shufflenet.spark.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule onlyTheTransformerKnowsSparkMl =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.shufflenet.spark.ml..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark.ml..", "org.apache.spark.mllib..");

  @ArchTest
  static final ArchRule onlyTheModelKnowsDjl =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.shufflenet.spark.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");
}
