"""Hearts that everyone who teaches ECG shows, each with one press."""

from collections.abc import Mapping

from sediff.bench.heart import Bench

PRESETS: Mapping[str, Bench] = {
    "normal": Bench(),
    "af": Bench(rhythm="atrial fibrillation with rapid ventricular response", age=72),
    "flutter": Bench(rhythm="atrial flutter with 2:1 conduction", age=68),
    "avnrt": Bench(rhythm="AV nodal reentrant tachycardia", age=34, sex="female"),
    "vt": Bench(rhythm="monomorphic ventricular tachycardia", age=63),
    "torsades": Bench(rhythm="torsades de pointes", age=58, sex="female"),
    "mobitz_1": Bench(findings=("Mobitz I AV block",), age=66),
    "complete": Bench(findings=("complete AV block with ventricular escape",), age=79),
    "lbbb": Bench(findings=("left bundle branch block",), age=70),
    "rbbb": Bench(findings=("right bundle branch block",), age=64),
    "wpw": Bench(findings=("left-sided WPW",), age=27),
    "bigeminy": Bench(findings=("ventricular bigeminy",), age=55),
    "inferior": Bench(findings=("acute inferior STEMI",), age=59),
    "anterior": Bench(findings=("acute anterior STEMI",), age=61),
    "potassium": Bench(potassium=7.7, age=67),
    "long_qt": Bench(findings=("long QT syndrome type 2",), age=24, sex="female"),
    "brugada": Bench(findings=("Brugada type 1 pattern",), age=41),
    "paced": Bench(findings=("dual chamber paced rhythm",), age=81),
    "arms": Bench(recording=("arm lead reversal",)),
}
