//! What a client is shown of the lists of tools, prompts and resources: marks by which it is told whether they have
//! changed, as small as that, and the same on every node.

use crate::call::Call;
use crate::caller::Caller;
use crate::services::Services;
use crate::{prompts, resources, tools};
use crm_core::{Error, Result};
use rmcp::model::SubscriptionFilter;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// A list that depends on a client's scopes, its person's rights and the company's definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum List {
    Tools,
    Prompts,
    /// With the templates of resources.
    Resources,
}

impl List {
    pub(crate) const ALL: [Self; 3] = [Self::Tools, Self::Prompts, Self::Resources];

    /// The lists that a client wants to be told of.
    pub(crate) fn wanted(filter: &SubscriptionFilter) -> Vec<Self> {
        let wanted = [filter.tools_list_changed, filter.prompts_list_changed, filter.resources_list_changed];
        Self::ALL.into_iter().zip(wanted).filter(|(_, wanted)| *wanted == Some(true)).map(|(list, _)| list).collect()
    }

    /// The mark of the list as it is for whoever calls.
    async fn mark(self, call: &Call<'_>) -> Result<String> {
        let mut hash = Sha256::new();
        match self {
            Self::Tools => add(&mut hash, &tools::list(call))?,
            Self::Prompts => add(&mut hash, &prompts::list(call))?,
            Self::Resources => {
                add(&mut hash, &resources::templates(call))?;
                let mut cursor = None;
                loop {
                    let (page, next) = resources::list(call, cursor.as_deref()).await?;
                    add(&mut hash, &page)?;
                    cursor = next;
                    if cursor.is_none() {
                        break;
                    }
                }
            }
        }
        Ok(hex::encode(&hash.finalize()[..MARK / 2]))
    }
}

fn add(hash: &mut Sha256, part: &impl Serialize) -> Result<()> {
    let part = serde_json::to_vec(part).map_err(|error| Error::Internal(error.to_string()))?;
    hash.update(part);
    Ok(())
}

/// The length of a mark.
const MARK: usize = 16;

/// A mark of each list that a client is to be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown(BTreeMap<List, String>);

impl Shown {
    /// What the client is shown now of these lists: with the newest of its tokens, if it has several.
    pub(crate) async fn now(services: &Services, caller: &Caller, lists: &[List]) -> Result<Self> {
        let call = Call::new(services, caller, None);
        let mut marks = BTreeMap::new();
        for list in lists {
            marks.insert(*list, list.mark(&call).await?);
        }
        Ok(Self(marks))
    }

    /// What was shown when this was written, of all lists.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let marks: Vec<&str> = text.split('-').collect();
        let well_formed = |mark: &&str| mark.len() == MARK && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
        let all = marks.len() == List::ALL.len() && marks.iter().all(well_formed);
        all.then(|| Self(List::ALL.into_iter().zip(marks.into_iter().map(str::to_owned)).collect()))
    }

    /// The lists that are other than before.
    pub(crate) fn since(&self, before: &Self) -> Vec<List> {
        self.lists().into_iter().filter(|list| self.0.get(list) != before.0.get(list)).collect()
    }

    /// The lists of which this tells.
    pub(crate) fn lists(&self) -> Vec<List> {
        self.0.keys().copied().collect()
    }

    /// The same, where some of it is newer.
    pub(crate) fn renewed(&mut self, newer: Self) {
        self.0.extend(newer.0);
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.values().map(String::as_str).collect::<Vec<_>>().join("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(marks: [char; 3]) -> Shown {
        Shown(List::ALL.into_iter().zip(marks.map(|mark| mark.to_string().repeat(MARK))).collect())
    }

    #[test]
    fn what_was_shown_is_read_as_it_is_written() {
        let before = shown(['a', 'b', 'c']);
        assert_eq!(Shown::read(&before.to_string()), Some(before.clone()));
        for wrong in ["", "17", "a-b-c", &format!("{before}-"), &before.to_string().replace('c', "x")] {
            assert_eq!(Shown::read(wrong), None, "{wrong}");
        }
        assert_eq!(shown(['a', '0', 'c']).since(&before), [List::Prompts]);
        assert_eq!(before.since(&before), []);
    }
}
