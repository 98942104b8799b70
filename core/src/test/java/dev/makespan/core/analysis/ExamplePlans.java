package dev.makespan.core.analysis;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Plan;

/** Real plans, in Java, as far as their figures depend on them. */
public final class ExamplePlans {

  private ExamplePlans() {}

  static Plan contentPublishing() {
    return contentPublishing("src/handlers/posts.rs", "src/handlers/posts.rs");
  }

  /** With a file of its own for each of the two upload endpoints. */
  static Plan contentPublishing(String initFile, String completeFile) {
    String[] common = {"src/models/mod.rs", "src/services/s3_service.rs", "src/db/post_repo.rs"};
    return new PlanBuilder()
        .pool("backend", 4)
        .policy("Cargo.toml", FilePolicy.Kind.APPEND)
        .owner("src/main.rs", "integration")
        .owner("src/handlers/mod.rs", "integration")
        .task("schema", 120, t -> t.writes("migrations/003_posts_schema.sql", "src/models/mod.rs"))
        .task(
            "s3-service",
            60,
            t ->
                t.writes("src/services/s3_service.rs", "src/config.rs")
                    .appends("Cargo.toml")
                    .milestone("contract", 10))
        .task(
            "upload-init",
            90,
            t ->
                t.needs("schema", "s3-service.contract", "get-post.crud")
                    .reads(common)
                    .writes(initFile))
        .task(
            "upload-complete",
            60,
            t ->
                t.needs("schema", "s3-service.contract", "get-post.crud")
                    .reads(common)
                    .writes(completeFile))
        .task(
            "get-post",
            90,
            t ->
                t.needs("schema")
                    .reads("src/models/mod.rs")
                    .writes(
                        "src/handlers/posts.rs",
                        "src/db/post_repo.rs",
                        "tests/common/fixtures.rs",
                        "tests/posts_test.rs")
                    .milestone("crud", 15))
        .task(
            "integration",
            30,
            t ->
                t.needs("s3-service", "upload-init", "upload-complete", "get-post")
                    .reads(
                        "src/handlers/posts.rs",
                        "src/services/s3_service.rs",
                        "src/db/post_repo.rs")
                    .writes("src/main.rs", "src/handlers/mod.rs"))
        .plan();
  }

  public static Plan multipartForms() {
    String generated = "definitions/src/elevenlabs/**";
    return new PlanBuilder()
        .pool("developer", 3)
        .task("types", 10, t -> t.writes("define/src/types.rs", "define/src/schema.rs"))
        .task(
            "endpoint",
            5,
            t -> t.needs("types").reads("define/src/schema.rs").writes("define/src/types.rs"))
        .task(
            "definitions",
            8,
            t ->
                t.needs("types", "endpoint")
                    .step(
                        "schemas",
                        3,
                        "define/src/schema.rs",
                        "definitions/src/elevenlabs/multipart_endpoints.rs")
                    .step("update", 3, "define/src/types.rs", "definitions/src/elevenlabs/mod.rs")
                    .step("validate", 2, generated, ""))
        .task(
            "tests",
            15,
            t ->
                t.needs("types", "endpoint", "definitions")
                    .step("unit", 5, "define/src/types.rs", "define/tests/multipart_types.rs")
                    .step("integration", 6, generated, "definitions/tests/multipart.rs")
                    .step("codegen", 4, generated, "gen/tests/multipart_codegen.rs"))
        .task(
            "example",
            5,
            t ->
                t.needs("definitions")
                    .reads("definitions/src/elevenlabs/multipart_endpoints.rs")
                    .writes("definitions/src/elevenlabs/examples.rs"))
        .task(
            "readme",
            7,
            t ->
                t.needs("example")
                    .reads("definitions/src/elevenlabs/examples.rs")
                    .writes("README.md"))
        .plan();
  }

  static Plan unifiedPlatform() {
    PlanBuilder plan =
        new PlanBuilder()
            .pool("developer", 6)
            .owner("src/main.rs", "wiring")
            .policy("src/lib.rs", FilePolicy.Kind.APPEND)
            .policy("Cargo.toml", FilePolicy.Kind.APPEND)
            .phase("foundation", true)
            .phase("wave", false)
            .phase("wiring", false)
            .phase("ui", false)
            .phase("hardening", false)
            .task(
                "foundation",
                12 * 60,
                t ->
                    t.phase("foundation")
                        .writes("src/store/**", "src/config.rs")
                        .appends("src/lib.rs", "Cargo.toml"))
            .task(
                "identity",
                15 * 60,
                t ->
                    t.phase("foundation")
                        .needs("foundation")
                        .reads("src/store/**")
                        .writes("src/auth/**", "src/rbac/**")
                        .appends("src/lib.rs", "Cargo.toml")
                        .milestone("login-api", 9 * 60));
    module(plan, "git", 14, "src/git/**");
    module(plan, "projects", 10, "src/project/**");
    module(plan, "build", 14, "src/pipeline/**");
    module(plan, "deployer", 8, "src/deployer/**");
    module(plan, "agents", 8, "src/agent/**");
    module(plan, "observability", 22, "src/observe/**");
    module(plan, "secrets", 10, "src/secrets/**");
    return plan.task(
            "wiring",
            9 * 60,
            t ->
                t.phase("wiring")
                    .needs(
                        "git",
                        "projects",
                        "build",
                        "deployer",
                        "agents",
                        "observability",
                        "secrets")
                    .reads("src/git/**", "src/project/**", "src/observe/**")
                    .writes("src/main.rs"))
        .task("web", 25 * 60, t -> t.phase("ui").needs("identity.login-api").writes("ui/**"))
        .task(
            "hardening",
            12 * 60,
            t -> t.phase("hardening").needs("wiring", "web").writes("tests/**"))
        .plan();
  }

  private static void module(PlanBuilder plan, String id, int hours, String folder) {
    plan.task(
        id,
        hours * 60,
        t ->
            t.phase("wave")
                .needs("identity")
                .reads("src/store/**", "src/auth/**")
                .writes(folder)
                .appends("src/lib.rs", "Cargo.toml"));
  }
}
