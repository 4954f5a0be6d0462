use crate::rule::load::Rules;
pub fn units(rules: &Rules, text: &str) {
    let mut s = crate::Scratch::default();
    crate::read(rules, text, &mut s);
    for l in &s.lines {
        println!("-- line depth {} block {}", l.depth, l.block);
        for u in &s.units[l.first as usize..l.end as usize] {
            let t: Vec<&str> = rules.lexicon.names.of(u.tags).collect();
            println!("   {:<40} {}", u.span(&s.tokens).of(text).replace('\n', " "), t.join("."));
        }
    }
    let a = crate::analyze(rules, text, &mut s);
    for st in &a.statements {
        println!("=> {:?} {} cue={:?} src={:?} spk={:?} content={:?} relay={:?}", st.status, rules.rules[st.rule as usize].id, st.cue.map(|c| c.of(text)), st.source.map(|c| c.of(text)), st.speaker.as_ref().map(|s| &s.name), st.content.iter().map(|c| c.of(text)).collect::<Vec<_>>(), st.relay);
    }
}
