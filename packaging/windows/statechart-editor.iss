; The installer, by Inno Setup 6. packager/windows.py calls it with Version and Folder.
#ifndef Version
  #error Call this with /DVersion=... /DFolder=...
#endif
#define Name "Statechart Editor"
#define Exe "statechart-editor.exe"
#define Id "StatechartEditor"

[Setup]
AppId={{7B0E5E2C-2E0B-4B0C-9B57-6B2D8C1F5A34}
AppName={#Name}
AppVersion={#Version}
AppPublisher=The Statechart Editor team
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible or arm64
ArchitecturesInstallIn64BitMode=x64compatible or arm64
LicenseFile=..\..\LICENSE
UninstallDisplayIcon={app}\{#Exe}
SetupIconFile={#Folder}\..\..\icons\statechart-editor.ico
ChangesAssociations=yes
ChangesEnvironment=yes
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "Add the command statechart-editor-cli to the PATH"; Flags: unchecked

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; what an older version had and this one has not
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\{#Exe}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Exe}"; Tasks: desktopicon

[Registry]
; SCXML is opened with a double click where nobody else does; YAML stays whose it was, and offers us under “Open with”
Root: HKA; Subkey: "Software\Classes\{#Id}.Machine"; ValueType: string; ValueData: "Statechart"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Id}.Machine\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Exe},0"
Root: HKA; Subkey: "Software\Classes\{#Id}.Machine\shell\open\command"; ValueType: string; ValueData: """{app}\{#Exe}"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.scxml"; ValueType: string; ValueData: "{#Id}.Machine"; Flags: createvalueifdoesntexist
Root: HKA; Subkey: "Software\Classes\.scxml\OpenWithProgids"; ValueType: string; ValueName: "{#Id}.Machine"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.yaml\OpenWithProgids"; ValueType: string; ValueName: "{#Id}.Machine"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.yml\OpenWithProgids"; ValueType: string; ValueName: "{#Id}.Machine"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Applications\{#Exe}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\{#Exe}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Exe}"" ""%1"""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: IsNotOnPath

[Run]
Filename: "{app}\{#Exe}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[Code]
function IsNotOnPath: Boolean;
var
  Present: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Present) then
    Present := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Present) + ';') = 0;
end;
