//! Says which folders are inside the binary, so that a new or changed file in them builds it anew.
//! A debug build reads them from the disk as it runs, and need not be built anew.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        // Where the console was never built its folder is missing, and cargo looks again every time.
        println!("cargo::rerun-if-changed=../web/console/dist");
        println!("cargo::rerun-if-changed=../web/widget/dist");
        println!("cargo::rerun-if-changed=../web/widget/demo");
        println!("cargo::rerun-if-changed=../examples");
    }
}
