using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Reports;
using Samenhang.Casemanager.Reports;
using Samenhang.Protos.Casemanager.V1;
using GroupKind = Samenhang.Casemanager.Domain.Reports.GroupKind;
using ReportGroup = Samenhang.Casemanager.Domain.Reports.ReportGroup;
using ReportPeriod = Samenhang.Casemanager.Domain.Reports.ReportPeriod;
using SteeringMeasure = Samenhang.Casemanager.Domain.Reports.SteeringMeasure;
using SteeringReport = Samenhang.Casemanager.Domain.Reports.SteeringReport;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods for those who steer: parse, count, reply.</summary>
public sealed class ReportApi(SteeringReports reports, CaseRules rules, Days days) : ReportService.ReportServiceBase
{
    private const int FirstYear = 2000;

    /// <inheritdoc/>
    public override async Task<GetSteeringReportResponse> GetSteeringReport(GetSteeringReportRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        return new GetSteeringReportResponse { Report = ToWire(await reports.OfAsync(Period(request.Period), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<ExportSteeringReportResponse> ExportSteeringReport(ExportSteeringReportRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var report = await reports.OfAsync(Period(request.Period), context.CancellationToken);
        return new ExportSteeringReportResponse
        {
            ContentType = "text/csv; charset=utf-8",
            FileName = $"samenhang-{report.Period.From:yyyy-MM-dd}-{report.Period.To:yyyy-MM-dd}.csv",
            Content = ByteString.CopyFrom(SteeringCsv.Of(report), Encoding.UTF8),
        };
    }

    private ReportPeriod Period(Wire.ReportPeriod? wire)
    {
        var reader = new RequestReader(rules.Vocabulary);
        wire ??= new Wire.ReportPeriod();
        var today = days.Today;
        if (wire.Year < FirstYear || wire.Year > today.Year)
        {
            reader.Add("period.year", $"Geef een jaar van {FirstYear} tot en met {today.Year}.", $"Give a year from {FirstYear} to {today.Year}.");
        }

        if (wire.Quarter is < 0 or > 4)
        {
            reader.Add("period.quarter", "Een kwartaal is 1, 2, 3 of 4.", "A quarter is 1, 2, 3 or 4.");
        }

        if (wire.Month is < 0 or > 12)
        {
            reader.Add("period.month", "Een maand is 1 tot en met 12.", "A month is 1 to 12.");
        }
        else if (wire is { Quarter: not 0, Month: not 0 })
        {
            reader.Add("period.month", "Geef een kwartaal of een maand, niet allebei.", "Give a quarter or a month, not both.");
        }

        reader.EnsureValid();
        var period = wire switch
        {
            { Month: not 0 } => ReportPeriod.OfMonth(wire.Year, wire.Month),
            { Quarter: not 0 } => ReportPeriod.OfQuarter(wire.Year, wire.Quarter),
            _ => ReportPeriod.OfYear(wire.Year),
        };
        if (period.From > today)
        {
            reader.Add("period", "Deze periode is nog niet begonnen.", "This period has not begun yet.");
        }

        reader.EnsureValid();
        return period;
    }

    private static Wire.SteeringReport ToWire(SteeringReport report) => new()
    {
        From = report.Period.From.ToWire(),
        To = report.Period.To.ToWire(),
        CountedTo = report.CountedTo.ToWire(),
        SmallestCount = report.SmallestCount,
        StalledDays = report.StalledDays,
        Lines = { report.Lines.Select(ToWire) },
    };

    private static SteeringLine ToWire(ReportLine line)
    {
        var wire = new SteeringLine { Measure = ToWire(line.Measure), Region = ToWire(line.Region), Organisation = ToWire(line.Organisation) };
        if (line.Cases is { } cases)
        {
            wire.Cases = cases;
        }

        if (line.MedianWaitingDays is { } median)
        {
            wire.MedianWaitingDays = median;
        }

        return wire;
    }

    private static Wire.ReportGroup ToWire(ReportGroup group) => new()
    {
        Kind = group.Kind switch
        {
            GroupKind.All => Wire.GroupKind.All,
            GroupKind.Named => Wire.GroupKind.Named,
            GroupKind.Unknown => Wire.GroupKind.Unknown,
            GroupKind.Others => Wire.GroupKind.Others,
        },
        Name = group.Name ?? "",
    };

    private static Wire.SteeringMeasure ToWire(SteeringMeasure measure) => measure switch
    {
        SteeringMeasure.BlindSpot => Wire.SteeringMeasure.BlindSpot,
        SteeringMeasure.DoubleFunding => Wire.SteeringMeasure.DoubleFunding,
        SteeringMeasure.Waiting => Wire.SteeringMeasure.Waiting,
        SteeringMeasure.HandOverWithoutReceiver => Wire.SteeringMeasure.HandOverWithoutReceiver,
        SteeringMeasure.StalledPlan => Wire.SteeringMeasure.StalledPlan,
    };
}
