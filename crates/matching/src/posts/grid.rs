//! Rows by class and area.

use model::matching::{Extent, Ground, Post};

use crate::class::Class;

pub(super) struct Grid {
    pub classes: Vec<Class>,
    /// The first row of each class, and the number of rows.
    pub starts: Vec<u32>,
    pub areas: Vec<Ground>,
    /// By class and area: its first row; one more at the end.
    pub cells: Vec<u32>,
    pub extents: Vec<Extent>,
}

impl Grid {
    /// `posts` are in the order of `key`: class and area, one of `nodes`.
    pub(super) fn new(
        posts: &[(u128, Post)],
        nodes: &[u16],
        key: impl Fn(&Post) -> (u16, u16),
    ) -> Self {
        let mut areas = vec![Ground::default(); nodes.len()];
        let (mut classes, mut starts, mut cells) = (vec![], vec![], vec![]);
        let mut extents: Vec<Extent> = vec![];
        let mut last = None;
        for (row, (_, post)) in (0_u32..).zip(posts) {
            let (class, node) = key(post);
            if last != Some(class) {
                last = Some(class);
                let filled = classes.len() * areas.len();
                cells.resize(filled, row);
                extents.resize_with(filled, Default::default);
                classes.push(Class::new());
                starts.push(row);
            }
            let area = nodes.binary_search(&node).unwrap_or(0);
            let cell = (classes.len() - 1) * areas.len() + area;
            if cells.len() <= cell {
                cells.resize(cell + 1, row);
                extents.resize_with(cell + 1, Default::default);
            }
            if let Some(ground) = areas.get_mut(area) {
                ground.take(post.point, node);
            }
            if let Some(extent) = extents.get_mut(cell) {
                extent.take(post);
            }
            if let Some(class) = classes.last_mut() {
                class.take(post);
            }
        }
        let count = u32::try_from(posts.len()).unwrap_or(u32::MAX);
        starts.push(count);
        cells.resize(classes.len() * areas.len() + 1, count);
        extents.resize_with(classes.len() * areas.len(), Default::default);
        Self { classes, starts, areas, cells, extents }
    }
}
