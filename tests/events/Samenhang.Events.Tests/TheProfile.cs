using System.Globalization;

namespace Samenhang.Events.Tests;

/// <summary>What leaves this system: the NL GOV profile, and no BSN anywhere but in the data.</summary>
public sealed class TheProfile
{
    private static readonly DateTimeOffset Moment = DateTimeOffset.Parse("2026-01-31T08:00:00+01:00", CultureInfo.InvariantCulture);

    private static readonly CloudEvent Good = new()
    {
        Id = "0198f2a4-7c1d-7e7e-8f30-2b1c0d9e8f7a",
        Source = "urn:nld:oin:00000099000000001000:systeem:casemanager",
        Type = "nl.samenhang.plan.vastgesteld.v1",
        Subject = "plan-7",
        Time = Moment,
        DataContentType = "application/json",
        Extensions = EventExtensions.Of(
            ("sequence", AttributeValue.Of(NlGovProfile.Sequence(1234))),
            ("recordedtime", AttributeValue.Of(Moment.AddSeconds(1))),
            ("dataclassification", AttributeValue.Of("confidential")),
            ("dataregulation", AttributeValue.Of("GDPR")),
            ("datacategory", AttributeValue.Of("special-category")),
            ("authtype", AttributeValue.Of("service_account")),
            ("traceparent", AttributeValue.Of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))),
        Data = EventData.OfJson("""{"bsn":"999990019"}"""),
    };

    [Fact]
    public void A_good_event_has_no_fault() => Assert.Empty(NlGovProfile.Default.Check(Good));

    [Fact]
    public void Every_fault_comes_at_once()
    {
        var bad = Good with
        {
            Id = "",
            Source = "https://voorbeeld.nl/zaken/1",
            Type = "PlanVastgesteld",
            Subject = "999990019",
            Extensions = EventExtensions.Of(
                ("sequence", AttributeValue.Of("1234")),
                ("sequencetype", AttributeValue.Of("Integer")),
                ("recordedtime", AttributeValue.Of(Moment.AddDays(-1))),
                ("dataregulation", AttributeValue.Of("GDPR,HIPAA")),
                ("datacategory", AttributeValue.Of("secret")),
                ("authid", AttributeValue.Of("x"))),
        };
        Assert.Equal(
            ["authtype", "datacategory", "dataclassification", "dataregulation", "id", "recordedtime", "sequence", "sequencetype", "source", "subject", "type"],
            NlGovProfile.Default.Check(bad).Select(fault => fault.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("nl.samenhang.plan.vastgesteld.v1", true)]
    [InlineData("nl.samenhang.plan.vastgesteld.v12", true)]
    [InlineData("nl.samenhang.zorg-plan.gewijzigd.v1", true)]
    [InlineData("nl.samenhang.plan.vastgesteld", false)]
    [InlineData("nl.samenhang.plan.vastgesteld.v1.2", false)]
    [InlineData("nl.samenhang.plan.vastgesteld.v0", false)]
    [InlineData("nl.samenhang.v1.vastgesteld.v2", false)]
    [InlineData("nl.Samenhang.plan.v1", false)]
    [InlineData("nl..plan.v1", false)]
    [InlineData("plan.v1", false)]
    [InlineData("nl.samenhang.-plan.v1", false)]
    [InlineData("nl.uwv.plan.vastgesteld.v1", false)]
    public void A_type_is_a_reverse_domain_name_with_one_version_and_no_organisation(string type, bool good) =>
        Assert.Equal(good, new NlGovProfile("UWV").Check(Good with { Type = type }).All(fault => fault.Field != "type"));

    [Theory]
    [InlineData("urn:nld:oin:00000099000000001000:systeem:zvw", true)]
    [InlineData("urn:nld:oin:00000099000000001000", true)]
    [InlineData("urn:nld:kvknr:09220932.burgerzakensysteem", true)]
    [InlineData("urn:nld:oin:1", false)]
    [InlineData("urn:nld:oin:000000990000000010001", false)]
    [InlineData("urn:nld:", false)]
    [InlineData("urn:isbn:1", false)]
    [InlineData("https://voorbeeld.nl/", false)]
    [InlineData("/zvw", false)]
    public void A_source_is_a_URN_of_nld(string source, bool good) =>
        Assert.Equal(good, NlGovProfile.Default.Check(Good with { Source = source }).All(fault => fault.Field != "source"));

    [Theory]
    [InlineData("999990019", true)]
    [InlineData("bsn999990342", true)]
    [InlineData("urn:nld:bsn:999993653:x", true)]
    [InlineData("https://voorbeeld.nl/personen?bsn=999995492&x=1", true)]
    [InlineData("999990018", false)]
    [InlineData("9999900191", false)]
    [InlineData("00000000000999990019", false)]
    [InlineData("000000000", false)]
    [InlineData("0198f2a4-7c1d-7e7e-8f30-a999990019bc", false)]
    [InlineData("plan-7", false)]
    [InlineData("", false)]
    public void A_BSN_is_seen_wherever_it_stands(string text, bool seen) => Assert.Equal(seen, NlGovProfile.HoldsBsn(text));

    [Theory]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    [InlineData("subject")]
    [InlineData("datacontenttype")]
    [InlineData("dataschema")]
    [InlineData("planref")]
    [InlineData("nummer")]
    public void No_context_attribute_may_hold_one(string name)
    {
        const string bsn = "999990019";
        var bad = name switch
        {
            "id" => Good with { Id = bsn },
            "source" => Good with { Source = $"urn:nld:bsn:{bsn}" },
            "type" => Good with { Type = $"nl.samenhang.x{bsn}.v1" },
            "subject" => Good with { Subject = $"persoon/{bsn}" },
            "datacontenttype" => Good with { DataContentType = $"application/json; x={bsn}" },
            "dataschema" => Good with { DataSchema = $"https://voorbeeld.nl/{bsn}" },
            "nummer" => Good with { Extensions = Good.Extensions.With(name, AttributeValue.Of(999990019)) },
            _ => Good with { Extensions = Good.Extensions.With(name, bsn) },
        };
        var fault = Assert.Single(NlGovProfile.Default.Check(bad));
        Assert.Equal(name, fault.Field);
        Assert.DoesNotContain(bsn, fault.DescriptionEn + fault.DescriptionNl, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_sorts_as_text_as_it_does_as_a_number()
    {
        long[] numbers = [0, 1, 9, 10, 99, 100, 123456789, long.MaxValue];
        Assert.Equal(numbers.Select(NlGovProfile.Sequence), numbers.Select(NlGovProfile.Sequence).Order(StringComparer.Ordinal));
        Assert.All(numbers, number => Assert.Empty(NlGovProfile.Default.Check(Good with { Extensions = Good.Extensions.With("sequence", NlGovProfile.Sequence(number)) })));
    }

    [Theory]
    [InlineData("dataclassification", "secret")]
    [InlineData("dataclassification", "Public")]
    [InlineData("datacategory", "medical")]
    [InlineData("dataregulation", "AVG")]
    [InlineData("dataregulation", "")]
    [InlineData("authtype", "person")]
    [InlineData("recordedtime", "later")]
    public void A_value_that_a_receiver_must_refuse_is_not_sent(string name, string value) =>
        Assert.Contains(NlGovProfile.Default.Check(Good with { Extensions = Good.Extensions.With(name, value) }), fault => fault.Field == name);

    [Fact]
    public void An_event_larger_than_an_intermediary_must_forward_is_not_sent()
    {
        Assert.Equal("data", Assert.Single(NlGovProfile.Default.Check(Good with { Data = EventData.OfJson($"\"{new string('x', 64 * 1024)}\"") })).Field);
        Assert.Empty(NlGovProfile.Default.Check(Good with { Data = EventData.OfJson($"\"{new string('x', 60 * 1024)}\"") }));
    }

    [Fact]
    public void Names_of_extensions_are_lower_case_letters_and_digits_that_CloudEvents_does_not_use_itself()
    {
        foreach (var name in (string[])["Naam", "a_b", "a-b", "", "é", "id", "data", new string('x', 65)])
        {
            Assert.NotEmpty(CloudEventRules.Check(Good with { Extensions = Good.Extensions.With(name, "x") }));
        }

        Assert.Empty(CloudEventRules.Check(Good with { Extensions = Good.Extensions.With("naam2", "x") }));
    }

    [Theory]
    [InlineData("a%20b", true)]
    [InlineData("a b", false)]
    [InlineData("a%2", false)]
    [InlineData("a%zz", false)]
    [InlineData("é", false)]
    [InlineData("1:x", false)]
    [InlineData("./1:x", true)]
    [InlineData("a#b#c", false)]
    [InlineData("a:", true)]
    [InlineData(":a", false)]
    [InlineData("urn:a:b", true)]
    public void A_URI_reference_is_what_RFC_3986_says(string text, bool good) => Assert.Equal(good, CloudEventRules.IsUriReference(text));
}
