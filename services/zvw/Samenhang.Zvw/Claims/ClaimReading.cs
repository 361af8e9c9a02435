using Samenhang.Api.Reading;
using Samenhang.Zvw.Paths;
using Wire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.Zvw.Claims;

/// <summary>Reads and writes a line of a bill.</summary>
internal static class ClaimReading
{
    private static readonly FactFields Fields = new(Wire.BillLine.Descriptor, new Dictionary<int, string>
    {
        [Wire.BillLine.LineTypeFieldNumber] = "claim.lineType",
        [Wire.BillLine.PriceEurocentsFieldNumber] = "claim.price",
        [Wire.BillLine.InvoiceDateFieldNumber] = "claim.invoiceDate",
        [Wire.BillLine.ClosedOnFieldNumber] = "claim.closedOn",
        [Wire.BillLine.CopaymentEurocentsFieldNumber] = "claim.copaymentCharged",
        [Wire.BillLine.DsmOnInvoiceFieldNumber] = "claim.dsmOnInvoice",
        [Wire.BillLine.ZziFieldNumber] = "claim.zzi",
        [Wire.BillLine.ElectronicFieldNumber] = "claim.electronic",
        [Wire.BillLine.PrivacyDeclarationFieldNumber] = "claim.privacyDeclaration",
        [Wire.BillLine.HbMinutesFieldNumber] = "hb.minutes",
        [Wire.BillLine.CoMinutesFieldNumber] = "hb.coMinutes",
        [Wire.BillLine.SessionMinutesFieldNumber] = "claim.sessionMinutes",
        [Wire.BillLine.ParticipantsPresentFieldNumber] = "claim.participantsPresent",
        [Wire.BillLine.PatientMinutesFieldNumber] = "claim.patientMinutes",
        [Wire.BillLine.HoursPerWeekFieldNumber] = "claim.hoursPerWeek",
        [Wire.BillLine.PeerHoursPerWeekFieldNumber] = "claim.peerHoursPerWeek",
        [Wire.BillLine.SubstantiationFieldNumber] = "claim.substantiation",
        [Wire.BillLine.TimeKindFieldNumber] = "claim.timeKind",
        [Wire.BillLine.ClientPaysAllFieldNumber] = "claim.afterPatientSelfPays",
        [Wire.BillLine.PohPerformanceFieldNumber] = "claim.pohPerformance",
        [Wire.BillLine.NonContractToldFieldNumber] = "claim.noticeOfNonContractGiven",
        [Wire.BillLine.RomBeginDoneFieldNumber] = "claim.romBeginDone",
        [Wire.BillLine.RomEndDoneFieldNumber] = "claim.romEndDone",
        [Wire.BillLine.MdsFrequencyFieldNumber] = "claim.mdsFrequency",
        [Wire.BillLine.ClaimedPayerFieldNumber] = "prov.claimedPayer",
    });

    internal static BillLine BillLine(this RequestReader reader, string path, Wire.BillLine? line)
    {
        line ??= new Wire.BillLine();
        if (line.LineType.Length == 0)
        {
            reader.Code($"{path}.line_type", line.LineType, []);
        }

        return new BillLine(
            reader.OptionalCode($"{path}.scheme", line.Scheme, reader.OwnSchemes()),
            reader.Text($"{path}.product", line.Product, 200),
            Fields.Read(reader, path, line));
    }

    internal static Wire.ReportedLine ToWire(this ReportedLine line, CarePath path) => new()
    {
        Line = line.Number,
        Content = Fields.Write(line.Content.Facts, new Wire.BillLine { Scheme = line.Content.Scheme ?? "", Product = line.Content.Product ?? "" }),
        Corrections = line.Corrections,
        Withdrawn = line.IsWithdrawn,
        CaseProvisionId = path.ProvisionOf(line),
    };
}
