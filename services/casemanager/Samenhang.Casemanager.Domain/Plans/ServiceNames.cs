namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>What the services are called in sentences for people.</summary>
internal static class ServiceNames
{
    public static string Nl(string service) => service switch
    {
        Services.Zvw => "De zorgverzekering",
        Services.Gemeente => "De gemeente",
        Services.Uwv => "UWV",
        Services.Employer => "De werkgever",
        _ => "De casemanager",
    };

    public static string En(string service) => service switch
    {
        Services.Zvw => "The health insurance",
        Services.Gemeente => "The municipality",
        Services.Uwv => "UWV",
        Services.Employer => "The employer",
        _ => "The casemanager",
    };
}
