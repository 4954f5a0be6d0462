fn main() {
    let rules = match selon::rule::load::load(&[]) {
        Ok(r) => r,
        Err(e) => {
            for d in e.iter().take(60) {
                eprintln!("{} {:?} {}: {} ({})", d.file, d.span, d.code, d.message, d.help);
            }
            std::process::exit(2)
        }
    };
    let mut s = selon::Scratch::default();
    let args: Vec<String> = std::env::args().skip(1).collect();
    println!("{{\"documents\":[");
    for (i, a) in args.iter().enumerate() {
        let b = std::fs::read(a).unwrap();
        let d = selon::text::decode::decode(&b);
        let an = selon::analyze(&rules, &d.text, &mut s);
        if i > 0 { println!(","); }
        println!("{}", serde_json::to_string(&selon::report::json::document(a, &d.text, &rules, &an)).unwrap());
    }
    println!("]}}");
}
