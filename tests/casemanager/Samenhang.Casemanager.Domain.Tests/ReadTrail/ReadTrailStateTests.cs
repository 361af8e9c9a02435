using Samenhang.Casemanager.Domain.ReadTrail;

namespace Samenhang.Casemanager.Domain.Tests.ReadTrail;

public sealed class ReadTrailStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_first_reading_is_recorded() => Assert.Single(ReadTrailState.None.Record(Reading(Noon)));

    [Fact]
    public void The_same_part_within_a_visit_is_recorded_once() => Assert.Empty(After(Reading(Noon)).Record(Reading(Noon.AddMinutes(14))));

    [Fact]
    public void A_later_visit_is_recorded_again() => Assert.Single(After(Reading(Noon)).Record(Reading(Noon.AddMinutes(15))));

    [Fact]
    public void Another_part_reader_or_role_is_recorded_at_once()
    {
        var known = After(Reading(Noon));
        Assert.Single(known.Record(Reading(Noon) with { Part = CasePart.File }));
        Assert.Single(known.Record(Reading(Noon) with { Subject = "other" }));
        Assert.Single(known.Record(Reading(Noon) with { Role = "client" }));
    }

    private static CaseReading Reading(DateTimeOffset at) => new("janne", "casemanager", "gm9901", CasePart.Plan, at);

    private static ReadTrailState After(CaseReading reading) => ReadTrailState.Evolve(ReadTrailState.None, reading);
}
