//! Patterns → programs over units, and the search that runs them.
//!
//! A program is a small non-deterministic automaton, run by backtracking over (instruction, unit) pairs of which none is
//! visited twice in one search: work is at most program length times line length, whatever the pattern and the text. A
//! step that only one other leads to is visited no more often than that one, so only where ways meet is it noted. Matches are leftmost, and among those that begin at one unit the first by the order of alternatives: as in Perl, and in
//! the `regex` crate, whose bounded backtracker this follows.
//!
//! Invariant: a program is immutable; everything a search writes is in [`Scratch`], which holds no meaning between two.

use super::alphabet::{Alphabet, Test};
use super::pattern::{Node, Role};
use super::rows::{Row, Rows, set};
use std::ops::Range;

/// Longest program. Longer ones come from nested repetitions that nobody can read either.
pub const MOST_STEPS: usize = 20_000;

/// One step.
#[derive(Clone, Debug)]
enum Step {
    /// One unit for which this test holds, then go on.
    Unit(Test),
    /// Any unit, then go on.
    Any,
    /// First this way, then that.
    Split(u32, u32),
    /// Go on there.
    Jump(u32),
    /// Remember the place.
    Save(u32),
    /// Only at the first unit.
    Start,
    /// Only behind the last unit.
    End,
    /// Found.
    Match,
}

/// A pattern ready to run.
#[derive(Debug)]
pub struct Program {
    steps: Vec<Step>,
    /// For each step, its number among those that several ways lead to, from 1 on; 0 for all others.
    joins: Vec<u16>,
    /// How many ways meet: the highest of these numbers.
    meetings: usize,
    /// The tests one of which must hold for the unit a match begins with, as a row of bits; none where any unit will do.
    begins: Option<Box<[u64]>>,
    /// The role of each capture, in the order in which they open.
    pub roles: Vec<Role>,
    /// Whether every match begins at the first unit.
    anchored: bool,
}

/// What a search needs. Used again for the next.
#[derive(Debug, Default)]
pub struct Scratch {
    visited: Vec<u64>,
    jobs: Vec<Job>,
    slots: Vec<Option<u32>>,
    best: Vec<Option<u32>>,
}

#[derive(Clone, Copy, Debug)]
enum Job {
    Run { step: u32, at: u32 },
    Restore { slot: u32, old: Option<u32> },
}

impl Program {
    /// Compiles a pattern whose tests the alphabet knows. `None` when it would be longer than [`MOST_STEPS`].
    pub fn new(node: &Node, alphabet: &Alphabet) -> Option<Program> {
        let mut program = Program {
            steps: Vec::new(),
            joins: Vec::new(),
            meetings: 0,
            begins: None,
            roles: Vec::new(),
            anchored: begins_at_start(node),
        };
        program.write(node, alphabet)?;
        program.push(Step::Match)?;
        program.number_joins();
        program.begins = program.first_tests(alphabet.words());
        Some(program)
    }

    fn push(&mut self, step: Step) -> Option<u32> {
        (self.steps.len() < MOST_STEPS).then(|| {
            self.steps.push(step);
            self.steps.len() as u32 - 1
        })
    }

    fn here(&self) -> u32 {
        self.steps.len() as u32
    }

    fn write(&mut self, node: &Node, alphabet: &Alphabet) -> Option<()> {
        match node {
            Node::Unit(pred) => {
                self.push(Step::Unit(alphabet.test(pred)?))?;
            }
            Node::Seq(items) => {
                for item in items {
                    self.write(item, alphabet)?;
                }
            }
            Node::Alt(branches) => {
                let mut exits = Vec::new();
                for (i, branch) in branches.iter().enumerate() {
                    if i + 1 == branches.len() {
                        self.write(branch, alphabet)?;
                        break;
                    }
                    let split = self.push(Step::Split(0, 0))?;
                    self.write(branch, alphabet)?;
                    exits.push(self.push(Step::Jump(0))?);
                    self.steps[split as usize] = Step::Split(split + 1, self.here());
                }
                let end = self.here();
                exits.into_iter().for_each(|e| self.steps[e as usize] = Step::Jump(end));
            }
            Node::Repeat { node, min, max, lazy } => {
                for _ in 0..*min {
                    self.write(node, alphabet)?;
                }
                let mut splits = Vec::new();
                for _ in *min..*max {
                    splits.push(self.push(Step::Split(0, 0))?);
                    self.write(node, alphabet)?;
                }
                let end = self.here();
                for split in splits {
                    self.steps[split as usize] =
                        if *lazy { Step::Split(end, split + 1) } else { Step::Split(split + 1, end) };
                }
            }
            Node::Rest => {
                let split = self.push(Step::Split(0, 0))?;
                self.push(Step::Any)?;
                self.push(Step::Jump(split))?;
                self.steps[split as usize] = Step::Split(self.here(), split + 1);
            }
            Node::Capture(role, inner) => {
                let slot = self.roles.len() as u32 * 2;
                self.roles.push(*role);
                self.push(Step::Save(slot))?;
                self.write(inner, alphabet)?;
                self.push(Step::Save(slot + 1))?;
            }
            Node::Start => {
                self.push(Step::Start)?;
            }
            Node::End => {
                self.push(Step::End)?;
            }
        }
        Some(())
    }

    fn number_joins(&mut self) {
        let mut ways = vec![0u32; self.steps.len()];
        ways[0] = 1;
        for (next, step) in (1..).zip(&self.steps) {
            match *step {
                Step::Unit(_) | Step::Any | Step::Save(_) | Step::Start | Step::End => ways[next] += 1,
                Step::Split(first, second) => [first, second].into_iter().for_each(|to| ways[to as usize] += 1),
                Step::Jump(to) => ways[to as usize] += 1,
                Step::Match => {}
            }
        }
        for count in ways {
            self.meetings += usize::from(count > 1);
            self.joins.push(if count > 1 { self.meetings as u16 } else { 0 });
        }
    }

    /// The tests of the units that can be the first, in a row of so many words.
    fn first_tests(&self, words: usize) -> Option<Box<[u64]>> {
        let mut tests: Box<[u64]> = vec![0; words].into();
        let mut seen = vec![false; self.steps.len()];
        let mut open = vec![0];
        while let Some(step) = open.pop() {
            if std::mem::replace(&mut seen[step as usize], true) {
                continue;
            }
            match self.steps[step as usize] {
                Step::Unit(test) => set(&mut tests, test),
                Step::Split(first, second) => open.extend([first, second]),
                Step::Jump(to) => open.push(to),
                Step::Save(_) | Step::Start => open.push(step + 1),
                Step::Any | Step::End | Step::Match => return None,
            }
        }
        Some(tests)
    }

    /// The leftmost match that begins at unit `from` or later. The captures are then in `scratch`.
    pub fn find(&self, rows: &Rows, line: &[Row], from: usize, scratch: &mut Scratch) -> Option<Range<usize>> {
        let last = if self.anchored { 0 } else { line.len() };
        if from > last {
            return None;
        }
        let width = line.len() + 1;
        scratch.visited.clear();
        scratch.visited.resize((self.meetings * width).div_ceil(64), 0);
        // A search that finds nothing from one unit on leaves the slots as they were.
        scratch.slots.clear();
        scratch.slots.resize(self.roles.len() * 2, None);
        let begins = |start: &usize| match &self.begins {
            Some(tests) => line.get(*start).is_some_and(|&row| rows.holds_any(row, tests)),
            None => true,
        };
        (from..=last).filter(begins).find_map(|start| Some(start..self.run(rows, line, start, scratch)?))
    }

    /// What was captured `n`th by the last match.
    pub fn capture(&self, n: usize, scratch: &Scratch) -> Option<Range<usize>> {
        let (start, end) = (scratch.best[n * 2]?, scratch.best[n * 2 + 1]?);
        Some(start as usize..end as usize)
    }

    fn run(&self, rows: &Rows, line: &[Row], start: usize, scratch: &mut Scratch) -> Option<usize> {
        let Scratch { visited, jobs, slots, best } = scratch;
        let width = line.len() + 1;
        jobs.clear();
        jobs.push(Job::Run { step: 0, at: start as u32 });
        while let Some(job) = jobs.pop() {
            let (mut step, mut at) = match job {
                Job::Run { step, at } => (step, at as usize),
                Job::Restore { slot, old } => {
                    slots[slot as usize] = old;
                    continue;
                }
            };
            loop {
                if let Some(join) = self.joins[step as usize].checked_sub(1) {
                    let place = usize::from(join) * width + at;
                    if visited[place / 64] >> (place % 64) & 1 == 1 {
                        break;
                    }
                    visited[place / 64] |= 1 << (place % 64);
                }
                match self.steps[step as usize] {
                    Step::Unit(test) => {
                        if !line.get(at).is_some_and(|&row| rows.holds(row, test)) {
                            break;
                        }
                        (step, at) = (step + 1, at + 1);
                    }
                    Step::Any if at < line.len() => (step, at) = (step + 1, at + 1),
                    Step::Split(first, second) => {
                        jobs.push(Job::Run { step: second, at: at as u32 });
                        step = first;
                    }
                    Step::Jump(to) => step = to,
                    Step::Save(slot) => {
                        jobs.push(Job::Restore { slot, old: slots[slot as usize] });
                        slots[slot as usize] = Some(at as u32);
                        step += 1;
                    }
                    Step::Start if at == 0 => step += 1,
                    Step::End if at == line.len() => step += 1,
                    Step::Any | Step::Start | Step::End => break,
                    Step::Match => {
                        best.clone_from(slots);
                        return Some(at);
                    }
                }
            }
        }
        None
    }
}

/// Whether a pattern can only match at the first unit.
fn begins_at_start(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Seq(items) => items.first().is_some_and(begins_at_start),
        Node::Alt(branches) => branches.iter().all(begins_at_start),
        Node::Capture(_, inner) => begins_at_start(inner),
        Node::Repeat { node, min, .. } => *min > 0 && begins_at_start(node),
        Node::Unit(_) | Node::Rest | Node::End => false,
    }
}
