using Samenhang.Api.Reading;
using Samenhang.Messages.Cases;
using Samenhang.Zvw.Paths;
using Wire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.Zvw.Referrals;

/// <summary>Reads and writes a referral.</summary>
internal static class ReferralReading
{
    private static readonly FactFields Fields = new(Wire.ReferralContent.Descriptor, new Dictionary<int, string>
    {
        [Wire.ReferralContent.ByFieldNumber] = "referral.by",
        [Wire.ReferralContent.ToLevelFieldNumber] = "referral.toLevel",
        [Wire.ReferralContent.IssuedOnFieldNumber] = "referral.issuedOn",
        [Wire.ReferralContent.GpConsentFieldNumber] = "referral.gpConsent",
        [Wire.ReferralContent.NewForThisPathFieldNumber] = "referral.newForThisPath",
        [Wire.ReferralContent.DsmSuspicionStatedFieldNumber] = "referral.dsmSuspicionStated",
    });

    /// <summary>What a referral says; of today when it has no day.</summary>
    internal static Referral Referral(this RequestReader reader, string path, Wire.ReferralContent? content, DateOnly today)
    {
        content ??= new Wire.ReferralContent();
        var facts = Fields.Read(reader, path, content);
        var issuedOn = content.IssuedOn is null ? today : facts.FirstOrDefault(fact => fact.Fact == "referral.issuedOn")?.Value.Day ?? default;
        if (content.By.Length == 0)
        {
            reader.Code($"{path}.by", content.By, []);
        }
        else if (content.By == "none")
        {
            reader.Add($"{path}.by", "Een verwijzing heeft een verwijzer.", "A referral has a referrer.");
        }

        if (content.ToLevel.Length == 0)
        {
            reader.Code($"{path}.to_level", content.ToLevel, []);
        }

        return new Referral(content.By, content.ToLevel, issuedOn, content.IssuedOn is null ? [.. facts, new("referral.issuedOn", new KnownValue { Day = issuedOn })] : facts);
    }

    internal static Wire.Referral ToWire(this Referral referral, bool used) => new()
    {
        Content = Fields.Write(referral.Facts, new Wire.ReferralContent()),
        Status = referral.WithdrawnOn is not null ? Wire.ReferralStatus.Withdrawn : used ? Wire.ReferralStatus.Used : Wire.ReferralStatus.Open,
        WithdrawnOn = Samenhang.Api.Writing.WireWriter.ToWire(referral.WithdrawnOn),
    };
}
