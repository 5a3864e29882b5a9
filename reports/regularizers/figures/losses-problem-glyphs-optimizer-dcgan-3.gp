# Run: gnuplot -d losses-problem-glyphs-optimizer-dcgan-3.gp
set terminal svg size 900,686 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'losses-problem-glyphs-optimizer-dcgan-3.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'losses: problem = glyphs, optimizer = dcgan, loss = wasserstein' at screen 0.013333, screen 0.97376 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.93878 to screen 0.04, screen 0.93878 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'critic_loss' at screen 0.046667, screen 0.93878 left font ',12' noenhanced
set arrow from screen 0.15324, screen 0.93878 to screen 0.17991, screen 0.93878 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'generator_loss' at screen 0.18658, screen 0.93878 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [40:1000]
set xtics ('200' 200, '400' 400, '600' 600, '800' 800, '1000' 1000)
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'none' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-147.03:61.381]
set ytics ('-100' -100, '-50' -50, '0' 0, '50' 50)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 0 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 1 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 0 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 1 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'clipping' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-66.031:35.891]
set ytics ('-50' -50, '0' 0)
unset xlabel
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 2 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 3 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 2 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 3 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'spectral' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-17.379:18.908]
set ytics ('-10' -10, '0' 0, '10' 10)
unset xlabel
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 4 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 5 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 4 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 5 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'dropout' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-172.93:101.23]
set ytics ('-100' -100, '0' 0, '100' 100)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 6 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 7 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 6 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 7 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'batch-norm' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-377.89:198.47]
set ytics ('-200' -200, '0' 0)
unset xlabel
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 8 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 9 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 8 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 9 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'wgan-gp-10' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-11.951:15.564]
set ytics ('-10' -10, '0' 0, '10' 10)
unset xlabel
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 10 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 11 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 10 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 11 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'instance-norm' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-320.96:185.22]
set ytics ('-200' -200, '0' 0)
set xlabel 'generator step' offset 0,0.4
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 12 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 13 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 12 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 13 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'layer-norm' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-465.95:244.87]
set ytics ('-400' -400, '-200' -200, '0' 0, '200' 200)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 14 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 15 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 14 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 15 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'mmd' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-132.24:52.544]
set ytics ('-100' -100, '-50' -50, '0' 0, '50' 50)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan-3.dat' index 16 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 17 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 16 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan-3.dat' index 17 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset multiplot
set output
