using Samenhang.Api.Hosting;
using Samenhang.Casemanager;
using Samenhang.Platform.Hosting;

return await ServiceProcess.RunProgramAsync(args, () =>
{
    var builder = WebApplication.CreateBuilder(args).ListenForGrpc(ServiceNames.Casemanager);
    builder.AddCasemanager();
    var app = builder.Build();
    app.MapCasemanager();
    return app;
});
