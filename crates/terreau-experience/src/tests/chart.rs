//! Where bars, lines and dots stand.

use super::report;
use crate::{
    AddedUp, Measure, Nature, Range,
    chart::{Frame, bars, columns, line, stack, strip},
};

const FRAME: Frame = Frame {
    width: 120.0,
    height: 60.0,
    left: 10.0,
    right: 10.0,
    top: 5.0,
    bottom: 5.0,
};

#[test]
fn bars_lie_under_each_other_on_a_round_scale() {
    let drawn = bars(
        [("a", 9.0), ("b", 0.0), ("c", 4.5), ("d", -3.0)],
        FRAME,
        8.0,
        2.0,
    );
    let places: Vec<(f64, f64)> = drawn.bars.iter().map(|bar| (bar.y, bar.width)).collect();
    // The scale goes to 10, by 5.
    assert_eq!(
        places,
        [(5.0, 90.0), (15.0, 0.0), (25.0, 45.0), (35.0, 0.0)]
    );
    let ticks: Vec<(f64, f64)> = drawn
        .ticks
        .iter()
        .map(|tick| (tick.value, tick.at))
        .collect();
    assert_eq!(ticks, [(0.0, 10.0), (5.0, 60.0), (10.0, 110.0)]);
    assert_eq!(drawn.height, 5.0 + 5.0 + 4.0 * 8.0 + 3.0 * 2.0);
}

#[test]
fn columns_stand_on_the_ground() {
    let drawn = columns([(2020, 1.0), (2021, 2.0)], FRAME, 10.0);
    for (bar, (x, y, height)) in drawn
        .bars
        .iter()
        .zip([(10.0, 30.0, 25.0), (65.0, 5.0, 50.0)])
    {
        assert_eq!((bar.x, bar.y, bar.height, bar.width), (x, y, height, 45.0));
        assert_eq!(bar.y + bar.height, 55.0);
    }
}

#[test]
fn a_line_leaves_room_for_the_years_that_are_missing() {
    let drawn = line(
        [(2023, "c", 4.0), (2020, "a", 0.0), (2021, "b", 2.0)],
        FRAME,
    );
    let places: Vec<(&str, f64, f64)> = drawn
        .points
        .iter()
        .map(|point| (point.label, point.x.round(), point.y))
        .collect();
    assert_eq!(
        places,
        [("a", 10.0, 55.0), ("b", 43.0, 30.0), ("c", 110.0, 5.0)]
    );
    let one = line([(2020, (), 3.0)], FRAME);
    assert_eq!((one.points[0].x, one.points[0].y), (60.0, 5.0));
}

#[test]
fn nothing_is_drawn_of_nothing() {
    assert!(bars::<()>([], FRAME, 8.0, 2.0).bars.is_empty());
    assert!(columns::<()>([], FRAME, 2.0).bars.is_empty());
    assert!(line::<()>([], FRAME).points.is_empty());
    let zeros = columns([((), 0.0)], FRAME, 2.0);
    assert_eq!(zeros.bars[0].height, 0.0);
    let odd = bars(
        [((), f64::NAN), ((), f64::INFINITY), ((), 1e-300)],
        FRAME,
        8.0,
        2.0,
    );
    assert!(
        odd.bars
            .iter()
            .all(|bar| (0.0..=100.0).contains(&bar.width))
    );
}

#[test]
fn scales_are_round_and_hold_every_value() {
    for most in [
        1.0,
        2.0,
        3.0,
        7.0,
        11.0,
        99.0,
        100.0,
        101.0,
        1_234.0,
        75_500.0,
        2_821_000.0,
        0.3,
    ] {
        let drawn = bars([((), most)], FRAME, 8.0, 2.0);
        let last = drawn.ticks.last().unwrap();
        assert!(
            last.value >= most && last.value < most * 2.0,
            "{most}: {last:?}"
        );
        assert!(
            (2..=6).contains(&drawn.ticks.len()),
            "{most}: {:?}",
            drawn.ticks
        );
        assert!(drawn.bars[0].width > 50.0 && drawn.bars[0].width <= 100.0);
    }
}

#[test]
fn a_strip_shows_each_report_and_a_median_only_of_three() {
    let added_up = |hours: &[u32]| -> AddedUp {
        let one = |(rank, hours): (usize, &u32)| {
            report(&format!("r{rank}"), &format!("duration: PT{hours}H\n"))
        };
        hours.iter().enumerate().map(one).collect()
    };
    let planned = Some(Range {
        min: 60.0,
        max: 240.0,
    });
    let spread = added_up(&[2, 4, 3]).spread(Measure::Duration, Nature::Observed);
    let drawn = strip(&spread, planned, 60.0, FRAME);
    assert_eq!(drawn.dots, [(60.0, 60.0), (85.0, 85.0), (110.0, 110.0)]);
    assert_eq!((drawn.median, drawn.quartiles), (Some(85.0), None));
    assert_eq!(drawn.planned, Some((35.0, 110.0)));
    let hours: Vec<f64> = drawn.ticks.iter().map(|tick| tick.value / 60.0).collect();
    assert_eq!(hours, [0.0, 1.0, 2.0, 3.0, 4.0]);
    let few = added_up(&[2, 4]).spread(Measure::Duration, Nature::Observed);
    assert_eq!(strip(&few, None, 60.0, FRAME).median, None);
}

#[test]
fn segments_share_their_length() {
    let segments = stack(
        [("a", 1.0), ("b", 0.0), ("c", 3.0), ("d", -2.0)],
        10.0,
        80.0,
    );
    let drawn: Vec<(&str, f64, f64)> = segments
        .iter()
        .map(|bar| (bar.label, bar.x, bar.width))
        .collect();
    assert_eq!(
        drawn,
        [
            ("a", 10.0, 20.0),
            ("b", 30.0, 0.0),
            ("c", 30.0, 60.0),
            ("d", 90.0, 0.0)
        ]
    );
    assert!(stack([("a", 0.0)], 0.0, 80.0)[0].width.abs() < f64::EPSILON);
}
